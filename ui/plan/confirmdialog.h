// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDialog>

#include "core/config/jobsettings.h"
#include "core/reconcile/report.h"
#include "ui/plan/sideeffects.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace tidemark {

class AccentButton;

// What a run is about to write, before it is written: totals, what else that does, whether it can be undone, and where
// a guard asks, a number to be typed.
class ConfirmDialog final : public QDialog
{
    Q_OBJECT
public:
    struct Source // of a two-way job: written, too
    {
        QString name;
        QString host;
        bool production = false;
        WriteCounts counts;
    };
    struct Facts
    {
        QString target;
        QString host; // of a production database: named on the button
        bool production = false;
        WriteCounts counts;
        QList<std::pair<QString, WriteCounts>> tables; // what each contributes
        std::optional<Source> source;
        QList<WriteCounts> sourceTables; // of two-way jobs: what each of `tables` writes there
        qint64 skipped = 0; // rows that a person left out
        QStringList notes; // sentences: filters
        int undoDays = 0; // for which the job keeps what is overwritten; 0: not at all
        qint64 guardedDeletes = 0; // deletes that need approval; 0: none do
        qint64 guardedRows = -1; // of so many rows; −1 unknown
        bool verify = true; // preset of the tick
        bool isUndo = false; // what a run wrote is put back
    };
    explicit ConfirmDialog(const Facts &facts, QWidget *parent = nullptr);
    // Nothing is written before somebody has looked for what else it does: waits for showEffects().
    void awaitEffects();
    void showEffects(const Result<SideEffects> &effects);
    std::optional<qint64> allowDeletes() const; // what was typed
    bool verifies() const;

private:
    void addTotals(QVBoxLayout &layout);
    QString titleText() const;
    QStringList productionHosts() const; // of the sides that are written
    void addTableList(QVBoxLayout &layout);
    void addGuard(QVBoxLayout &layout);
    void addButtons(QVBoxLayout &layout);
    void addStrip(const QString &text);
    void addNote(const QString &text);
    void showUsable();

    Facts m_facts;
    bool m_awaits = false;
    QVBoxLayout *m_effects;
    QLabel *m_looking;
    QLineEdit *m_number = nullptr;
    QCheckBox *m_verify;
    AccentButton *m_write;
};

// The deletes of a plan, at either side, that the job's guard withholds until they are approved, and the rows that
// those tables have.
struct GuardedDeletes
{
    qint64 deletes = 0;
    qint64 rows = 0;
    bool operator==(const GuardedDeletes &) const = default;
};
GuardedDeletes guardedDeletes(const QList<TableReport> &tables, const JobSettings &job);

} // namespace tidemark
