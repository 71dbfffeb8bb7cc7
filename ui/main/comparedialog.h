// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDialog>
#include <QList>

#include "core/config/jobsettings.h"

class QComboBox;
class QLabel;

namespace tidemark {

class AccentButton;
class Desk;

// Two sides to compare once, without a saved job: connections, URLs or SQLite files, also dropped.
class CompareDialog final : public QDialog
{
    Q_OBJECT
public:
    CompareDialog(std::shared_ptr<Desk> desk, const QStringList &files, QWidget *parent = nullptr);
    JobSettings job() const; // mirror, all tables, in memory

    static JobSettings jobOf(const ConnectionSettings &source, const ConnectionSettings &target);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *side(QComboBox *box, const QString &name);
    void choose(QComboBox *box, const QString &file);
    void load(const QList<ConnectionSettings> &connections);
    Result<ConnectionSettings> settingsOf(const QComboBox *box) const;
    void validate();

    std::shared_ptr<Desk> m_desk;
    QList<ConnectionSettings> m_connections;
    QComboBox *m_source;
    QComboBox *m_target;
    QLabel *m_message;
    AccentButton *m_compare;
};

} // namespace tidemark
