// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QScrollArea>

#include "ui/connections/connectiondraft.h"

class QVBoxLayout;

namespace tidemark {

class FieldRow;
class TextField;

// One tab of the connection dialog: rows of fields with what is wrong beside each.
class ConnectionPage : public QScrollArea
{
    Q_OBJECT
public:
    explicit ConnectionPage(QWidget *parent);

    virtual void load(const ConnectionDraft &draft) = 0; // undoable, as if it were typed
    virtual void store(ConnectionDraft &draft) const = 0;
    virtual void follow(const ConnectionDraft &draft) = 0; // shows the rows that this driver and these choices need
    virtual void showProblems(const QList<ConnectionProblem> &problems);
    virtual void reveal(ConnectionField field) { Q_UNUSED(field) } // what holds it is shown
    QWidget *control(ConnectionField field) const; // null: of another page
    FieldRow *row(ConnectionField field) const { return m_rows.value(field); }

Q_SIGNALS:
    void edited();
    void urlPasted(TextField *where, const QString &before, const QString &url);

protected:
    FieldRow *addRow(ConnectionField field, const QString &label, QWidget *editor, const QString &whatsThis,
                     QWidget *focus = nullptr);
    void alsoIn(ConnectionField field, FieldRow *row, QWidget *control, const QString &whatsThis);
    void addText(const QString &text); // a paragraph
    void addWidget(QWidget *widget);
    void alignRows();
    void watch(TextField *edit, bool takesUrls = true);
    QWidget *body() const { return widget(); }

private:
    QVBoxLayout *m_layout;
    QMap<ConnectionField, FieldRow *> m_rows;
    QMap<ConnectionField, QWidget *> m_controls;
};

} // namespace tidemark
