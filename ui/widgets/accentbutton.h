// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace tidemark {

// The one filled button of a screen.
class AccentButton final : public QPushButton
{
    Q_OBJECT
public:
    explicit AccentButton(const QString &text = {}, QWidget *parent = nullptr);
    void setAccent(bool accent); // off: like any other button
    bool isAccent() const { return m_accent; }
    bool isDangerous() const { return m_dangerous; }
    void setDangerous(bool dangerous); // writes to a production database: the warning's colour

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_accent = true;
    bool m_dangerous = false;
};

} // namespace tidemark
