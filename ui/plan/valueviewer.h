// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/plan/valueview.h"

class QButtonGroup;
class QLabel;
class QToolButton;

namespace tidemark {

class ValuePane;

// The value of one cell on both sides, with what differs marked: text by characters, JSON by lines, bytes, pictures. A
// large one in parts; whole it goes to the clipboard or into a file.
class ValueViewer final : public QWidget
{
    Q_OBJECT
public:
    explicit ValueViewer(QWidget *parent = nullptr);
    void setSides(const QString &source, const QString &target);
    void showValue(const QString &column, const ValueView &view);
    void clear();
    void retranslate();

Q_SIGNALS:
    void wished(const tidemark::ValueWish &wish); // another form or part
    void copyWished(bool target);
    void saveWished(bool target);

private:
    QWidget *buildForms();
    QWidget *buildParts();
    void wish(std::optional<ValueForm> form, qint64 part);
    void showNotes();

    QString m_source, m_target, m_column;
    ValueView m_view;
    QWidget *m_bar = nullptr;
    QWidget *m_strip = nullptr;
    QButtonGroup *m_forms;
    QToolButton *m_back;
    QToolButton *m_forward;
    QLabel *m_part;
    ValuePane *m_sourcePane;
    ValuePane *m_targetPane;
};

} // namespace tidemark
