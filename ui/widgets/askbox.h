// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

namespace tidemark {

// A short message with its sign and buttons. It goes when it is closed, and shows names as they are written.
class AskBox final : public QMessageBox
{
    Q_OBJECT
public:
    AskBox(const QString &icon, const QString &title, const QString &text, QWidget *parent);

    // The button that Return and Escape press: the one after which nothing has happened.
    QPushButton *addKeepButton(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawIcon();
    QString m_icon;
};

} // namespace tidemark
