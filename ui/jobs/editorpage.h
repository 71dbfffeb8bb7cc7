// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/jobs/editorproblems.h"

class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace tidemark {

// One page of the job editor.
class EditorSheet : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void showDraft() = 0; // the draft has changed
    virtual void lead(const EditorProblem &problem) = 0; // to the problem's field
};

namespace sheet {

constexpr int widestField = 460;

// A form whose labels say what their field is called; scrolls where the window is small.
QFormLayout *form(QWidget *parent);
QLabel *heading(const QString &text, QWidget *parent);
QLabel *note(const QString &text, QWidget *parent); // a caption that wraps
QLabel *label(const QString &field, QWidget *buddy, QWidget *parent);
// wraps: the content is a form, whose fields go below their labels where there is little room.
QWidget *scrolled(QWidget *content, QWidget *parent, bool wraps = false);
void focus(QWidget *field); // and scrolls to it

} // namespace sheet

} // namespace tidemark
