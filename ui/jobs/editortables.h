// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QJsonObject>
#include <QMap>

#include "ui/jobs/tablecatalog.h"

namespace tidemark {

class JobDraft;

// One table of the source, or one that the job names and the source does not have.
struct EditorTable
{
    TableName source;
    int index = -1; // in the draft's list; −1: not listed
    std::optional<TableName> target; // as found, or as it will be created
    bool byHand = false; // the job names the target
    bool onTarget = false; // it stands there
    bool atSource = true;
    bool creates = false;
    bool keyless = false; // and the job names none
    bool ownRules = false;
    qint64 rows = -1;
    bool operator==(const EditorTable &) const = default;
    bool usable() const { return atSource && (onTarget || creates); }
};

// The tables of a job: what both sides have and what the draft says of it.
class EditorTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Source, Target, Rows, Remark, ColumnCount };
    enum Role { ProblemsRole = Qt::UserRole, SortRole, TargetsRole, NameRole };

    explicit EditorTableModel(JobDraft &draft, QObject *parent = nullptr);
    void setCatalog(const TableCatalog &catalog);
    void setProblems(const QMap<QString, int> &byTable);
    void showDraft();
    void takeAll(); // "*"
    // One by one what a run of "*" would take, so that single tables can be told apart; what an earlier list said of
    // them is there again.
    void listAll();
    void takeListed(); // the list as it was before takeAll(), else listAll()
    void setTaken(const QList<int> &rows, bool on); // lists first where need be; one step

    const TableCatalog &catalog() const { return m_catalog; }
    const EditorTable *at(int row) const;
    int rowOf(const QString &display) const; // of the source; −1: none
    int listed() const; // that a run would take
    int unmapped() const; // neither at the target nor created
    // The columns of a table's two sides; null where they are not read or not there.
    std::shared_ptr<const TableSchema> sourceSchema(int row) const;
    std::shared_ptr<const TableSchema> targetSchema(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<EditorTable> rowsNow() const;
    void indexRows();
    void findTarget(EditorTable &table, const QJsonObject &entry, bool jobCreates) const;
    bool isTaken(const EditorTable &table) const;
    QJsonObject withList() const;
    QString remark(const EditorTable &table) const;
    void setTarget(const EditorTable &table, const QString &name);

    JobDraft &m_draft;
    TableCatalog m_catalog;
    QList<EditorTable> m_tables;
    QHash<QString, int> m_rows; // by the source's name and by the draft's
    QMap<QString, int> m_problems;
    QJsonValue m_listBefore; // "*" was chosen
};

} // namespace tidemark
