// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include "ui/jobs/editorproblems.h"
#include "ui/jobs/editorsessions.h"

namespace tidemark {

class Desk;

// Everything that is wrong with a draft, found while it is edited and off the UI thread: at once what the file itself
// says, then, once the edits pause, what both databases say. A side that cannot be reached is not asked again before
// checkAgain() or another connection.
class EditorChecks final : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 { Waiting, Checking, Checked, Unreachable };

    explicit EditorChecks(std::shared_ptr<Desk> desk, QObject *parent = nullptr);

    void setConnections(const QList<ConnectionSettings> &connections);
    void setFile(const QString &file, const QStringList &takenNames);
    void setTakenNames(const QStringList &names);
    void check(const QJsonObject &job); // the draft as it is now
    void checkAgain(); // both sides, at once

    State state() const { return m_state; }
    const QList<EditorProblem> &problems() const { return m_problems; } // the file's, then the databases'
    const QList<EditorProblem> &remarks() const { return m_remarks; } // warnings and notes
    const std::optional<Error> &sideError() const { return m_sideError; }
    bool canSave() const { return m_read && !m_fileFaults; } // a run would read the file
    const std::optional<ConnectionSettings> &source() const { return m_source; }
    const std::optional<ConnectionSettings> &target() const { return m_target; }
    // The job as it would run; faults left out. Not set: a side is not known.
    std::optional<JobSettings> job() const { return m_job; }

Q_SIGNALS:
    void changed();

private:
    void read();
    void taken(const DraftReading &reading, const QJsonObject &json);
    void checkSides();
    void checked(const Result<QList<EditorProblem>> &found);
    void collect();

    std::shared_ptr<Desk> m_desk;
    EditorSessions m_sessions;
    QList<ConnectionSettings> m_connections;
    QString m_file;
    QStringList m_takenNames;
    QJsonObject m_json;
    QJsonObject m_checkedJson; // what the databases were asked about
    QTimer m_readLater;
    QTimer m_checkLater;
    int m_reading = 0;
    State m_state = State::Waiting;
    bool m_read = false;
    bool m_fileFaults = false;
    QString m_unreachableSides;
    std::optional<ConnectionSettings> m_source, m_target;
    std::optional<JobSettings> m_job;
    std::optional<Error> m_sideError;
    QList<EditorProblem> m_ofFile;
    QList<EditorProblem> m_ofSides;
    QList<EditorProblem> m_problems;
    QList<EditorProblem> m_remarks;
};

} // namespace tidemark
