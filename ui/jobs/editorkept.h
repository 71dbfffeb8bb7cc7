// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/jobs/keptsize.h"
#include "ui/jobs/editorpage.h"

class QPushButton;

namespace tidemark {

class Desk;
class EditorFields;
class JobDraft;

// What is kept of one table's rows on this machine: how much, values or fingerprints alone, and how a two-way job
// forgets it.
class EditorKept final : public EditorSheet
{
    Q_OBJECT
public:
    EditorKept(std::shared_ptr<Desk> desk, JobDraft &draft, QWidget *parent = nullptr);
    // table: an index of the draft's list; name: as reports call it; sizes: with values, and by fingerprints alone.
    void setTable(int table, const QString &name, const KeptSize &cells, const KeptSize &prints);
    void showDraft() override;
    void lead(const EditorProblem &problem) override;

private:
    void showSize();
    void askReset();
    void reset();

    std::shared_ptr<Desk> m_desk;
    JobDraft &m_draft;
    EditorFields *m_fields;
    int m_table = -1;
    QString m_name;
    KeptSize m_cells;
    KeptSize m_prints;
    bool m_busy = false;
    QWidget *m_keep;
    QLabel *m_size;
    QLabel *m_cost;
    QWidget *m_past; // of two-way jobs alone
    QPushButton *m_reset;
    QLabel *m_said;
};

} // namespace tidemark
