// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QWidget>

class QLabel;
class QPushButton;

namespace tidemark {

// A card of the start page: icon, title, one sentence; the whole of it is a button.
class StartCard final : public QAbstractButton
{
    Q_OBJECT
public:
    StartCard(const QString &icon, bool accent, QWidget *parent = nullptr);
    void setTexts(const QString &title, const QString &sentence);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    bool textFits() const; // nothing of it is cut

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QFont titleFont() const;
    int textHeight(int width) const;
    QString m_icon;
    QString m_sentence;
    bool m_accent;
};

// The window without jobs: one sentence and three ways in.
class StartPage final : public QWidget
{
    Q_OBJECT
public:
    explicit StartPage(QWidget *parent = nullptr);
    void retranslate();
    void setBusy(bool busy); // a sample is being built
    void offerSecondSample(); // below the cards: somebody hears secondSampleRequested()

Q_SIGNALS:
    void sampleRequested();
    void secondSampleRequested();
    void compareRequested();
    void newJobRequested();

private:
    QLabel *m_title;
    QLabel *m_sentence;
    StartCard *m_sample;
    StartCard *m_compare;
    StartCard *m_new;
    QPushButton *m_second;
    bool m_busy = false;
};

} // namespace tidemark
