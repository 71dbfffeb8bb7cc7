// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace tidemark {

// A sentence on the warning's tint behind a 4 px bar: production databases, many deletes.
class WarningStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit WarningStrip(QWidget *parent = nullptr);
    void setText(const QString &text);
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_label;
};

} // namespace tidemark
