// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/plan/valueview.h"

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;

namespace tidemark {

// One side of the value viewer.
class ValuePane final : public QWidget
{
    Q_OBJECT
public:
    explicit ValuePane(const QString &name, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void showSide(const ValueView &view, bool target);
    void clear();
    void retranslate();
    QPlainTextEdit *edit() const { return m_edit; }
    QString text() const;

Q_SIGNALS:
    void copyWished();
    void saveWished();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showLines(const ValueView &view, const ValueSide &side);
    void mark();
    void showPicture();
    void showTitle();
    QString stateText(const ValueView &view, const ValueSide &side) const;

    QLabel *m_title;
    QString m_wholeTitle;
    QToolButton *m_copy;
    QToolButton *m_save;
    QStackedWidget *m_stack;
    QPlainTextEdit *m_edit;
    QLabel *m_picture;
    QImage m_image;
    QList<ValueLine> m_lines;
};

} // namespace tidemark
