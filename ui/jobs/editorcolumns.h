// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QAbstractTableModel>
#include <QJsonObject>
#include <QMap>

#include "core/data/tableschema.h"

namespace tidemark {

class JobDraft;

// One column of a table in the job, as its row in the editor shows it.
struct EditorColumn
{
    enum class State : quint8 { ByName, ByHand, LeftOut, Unmatched, TargetOnly };
    QString source; // TargetOnly: empty
    QString target; // LeftOut, Unmatched: empty
    State state = State::Unmatched;
    bool key = false;
    bool compare = true;
    bool write = true;
    ColumnType sourceType;
    ColumnType targetType;
    bool computed = false; // by the target: never written
    QString zone;
    bool operator==(const EditorColumn &) const = default;
};

// As a run matches them, but never failing: what is wrong stays unmatched and the checks say why. target null: the
// table will be created like the source's.
QList<EditorColumn> editorColumns(const TableSchema &source, const TableSchema *target, const QJsonObject &table);
// The key where the job names none: the primary key, else a unique index over columns that are never NULL.
QStringList keyByItself(const TableSchema &source);

// The columns of one table. Ticks and targets are edited in place; everything goes through the draft.
class EditorColumnModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Key, Source, Target, Compare, Write, ColumnCount };
    enum Role { RemarkRole = Qt::UserRole, TargetsRole, StateRole, SourceNameRole };

    static const QString leaveOut; // as a target: none

    explicit EditorColumnModel(JobDraft &draft, QObject *parent = nullptr);
    // table: an index of the draft's list. Schemas outlive the model's use of them.
    void setTable(int table, std::shared_ptr<const TableSchema> source, std::shared_ptr<const TableSchema> target);
    void setRemarks(const QMap<QString, QString> &byColumn);
    void showDraft();

    const EditorColumn *at(int row) const;
    int rowOf(const QString &source) const;
    bool ownKey() const; // the job names it
    void clearKey();
    bool columnsOnly() const { return table().value(QLatin1StringView("columnsOnly")).toBool(); }
    void setColumnsOnly(bool only);
    // A key of the column's exception ("zone", "zeroDate", "nulByte"); Undefined removes it.
    QJsonValue special(int row, const QString &key) const;
    void setSpecial(int row, const QString &key, const QJsonValue &value);
    bool isChangeTime(int row) const; // tells when a row was changed last, by its name and type
    bool mergesCells() const; // what a rule of a column is for: two-way, and conflicts are merged

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QJsonObject table() const;
    void setKey(const EditorColumn &column, bool in);
    void setTick(const EditorColumn &column, const QString &key, bool on);
    void setTarget(const EditorColumn &column, const QString &target);
    QVariant text(const EditorColumn &column, int section) const;

    JobDraft &m_draft;
    int m_table = -1;
    std::shared_ptr<const TableSchema> m_source;
    std::shared_ptr<const TableSchema> m_target;
    QList<EditorColumn> m_columns;
    QMap<QString, QString> m_remarks;
};

} // namespace tidemark
