// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace tidemark {

class WarningStrip;

// What went wrong outside the draft, with one way on.
class EditorNotice final : public QWidget
{
    Q_OBJECT
public:
    explicit EditorNotice(QWidget *parent = nullptr);
    void setText(const QString &text, const QString &button); // both empty: hidden
    QString text() const;

Q_SIGNALS:
    void clicked();

private:
    WarningStrip *m_strip;
    QPushButton *m_button;
};

} // namespace tidemark
