// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QWidget>

#include "core/journal/journalsizes.h"

class QLabel;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace tidemark {

class Desk;

// What is kept on this machine beside the settings: how large it is, and how it is cleared. Whatever is taken is
// counted first, and asked for with its number.
class SettingsStorage final : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsStorage(std::shared_ptr<Desk> desk, QWidget *parent = nullptr);
    void retranslate();

private:
    void build();
    void measure();
    void show(const Result<JournalSizes> &sizes);
    void showTable();
    void showUsable();
    std::optional<UndoPurge> ofSelected() const;
    void askUndo(const UndoPurge &purge);
    void confirmUndo(const UndoPurge &purge, const UndoLoss &loss);
    void purgeUndo(const UndoPurge &purge);
    void askConflicts();
    void compact();
    void work(bool busy);
    void say(const QString &text);
    void fail(const Error &error);
    QString nameOf(const JournalSizes::Job &job) const;

    std::shared_ptr<Desk> m_desk;
    std::optional<JournalSizes> m_sizes;
    bool m_busy = false;
    QLabel *m_heading;
    QLabel *m_totals;
    QTableWidget *m_jobs;
    QLabel *m_ageLabel;
    QSpinBox *m_days;
    QPushButton *m_older;
    QPushButton *m_ofJob;
    QPushButton *m_conflicts;
    QPushButton *m_compact;
    QLabel *m_said;
};

} // namespace tidemark
