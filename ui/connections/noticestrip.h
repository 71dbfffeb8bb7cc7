// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace tidemark {

// A sentence that stays until it is read, with at most one thing to do about it.
class NoticeStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit NoticeStrip(QWidget *parent);
    void say(const QString &text, const QString &action = {});
    void dismiss();
    QString text() const;

Q_SIGNALS:
    void actionWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_close;
};

} // namespace tidemark
