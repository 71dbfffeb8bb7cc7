// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace tidemark {

class AccentButton;

// An empty place: a 48 px line icon, one sentence, at most one button.
class EmptyPlace final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyPlace(const QString &icon, QWidget *parent = nullptr);
    void setSentence(const QString &sentence);
    void setButton(const QString &text); // empty: none
    void setAccent(bool accent); // its button is the one filled button of the screen

Q_SIGNALS:
    void clicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawIcon();
    QString m_icon;
    QLabel *m_picture;
    QLabel *m_sentence;
    AccentButton *m_button;
};

} // namespace tidemark
