// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/connections/connectionpage.h"

class QComboBox;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace tidemark {

class EmptyPlace;
class PairsField;
class ResourceColumns;
class VerbField;

// What of a web service is a table: a list, and the fields of one of it.
class ResourcesPage final : public ConnectionPage
{
    Q_OBJECT
public:
    explicit ResourcesPage(QWidget *parent);
    void load(const ConnectionDraft &draft) override;
    void store(ConnectionDraft &draft) const override;
    void follow(const ConnectionDraft &draft) override;
    void showProblems(const QList<ConnectionProblem> &problems) override;
    void reveal(ConnectionField field) override; // the first resource that has this problem
    ResourceColumns &columns() const { return *m_columns; }
    const HttpResource *current() const; // null: none is chosen
    int currentItem() const { return m_current; }

Q_SIGNALS:
    void inferWanted();
    void stopWanted(); // nobody looks at what was asked for any more

private:
    void buildList();
    void buildPlace();
    void buildPaging();
    void buildWriting(); // resourcewriting.cpp, as the next two
    void showWriting(const HttpResource &resource);
    void takeWriting(HttpResource &resource) const;
    void fillList();
    void add();
    void remove();
    void choose(int item);
    void show(); // the chosen one's fields
    void take(); // what the fields say
    void followPaging();
    TextField *text(const QString &name, const QString &placeholder = {});

    QList<HttpResource> m_resources;
    QList<ConnectionProblem> m_problems;
    int m_current = -1;
    bool m_showing = false;
    EmptyPlace *m_empty;
    QListWidget *m_list;
    QPushButton *m_add, *m_remove;
    TextField *m_name, *m_path, *m_records, *m_key;
    ResourceColumns *m_columns;
    QComboBox *m_by;
    TextField *m_param, *m_sizeParam, *m_next, *m_total, *m_sinceParam, *m_sinceField;
    QSpinBox *m_size, *m_first;
    PairsField *m_query;
    VerbField *m_insert, *m_update, *m_delete;
    TextField *m_record;
    QWidget *m_listBox = nullptr;
    FieldRow *m_byRow = nullptr;
    FieldRow *m_firstRow = nullptr;
};

} // namespace tidemark
