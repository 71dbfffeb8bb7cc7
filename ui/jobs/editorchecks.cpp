// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorchecks.h"

#include <QJsonDocument>
#include <QUuid>

#include "core/run/checker.h"
#include "core/run/queueconnector.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int readAfterMs = 120; // of quiet
constexpr int checkAfterMs = 700;

// The connections as the editor has read them.
class ListedConnections final : public ConnectionLookup
{
public:
    explicit ListedConnections(QList<ConnectionSettings> connections) : m_connections(std::move(connections)) { }
    Result<ConnectionSettings> connection(const QString &name) const override
    {
        for (const ConnectionSettings &settings : m_connections) {
            if (settings.name == name)
                return settings;
        }
        return fail(Error{ErrorCode::NoSuchConnection, {}, {}}.with(Fact::Connection, name));
    }

private:
    QList<ConnectionSettings> m_connections;
};

// What does not concern the connections, tables and rules changes nothing for the databases.
QJsonObject essence(QJsonObject job)
{
    for (const QLatin1StringView key : {"name"_L1, "description"_L1, "enabled"_L1, "id"_L1})
        job.remove(key);
    return job;
}

QString sidesOf(const QJsonObject &job)
{
    QJsonObject sides;
    sides["source"_L1] = job.value("source"_L1);
    sides["target"_L1] = job.value("target"_L1);
    return QString::fromUtf8(QJsonDocument(sides).toJson());
}

Result<QList<CheckItem>> askSides(Desk &desk, const JobSettings &job, EditorSessions::Sides &sides)
{
    CheckOptions options;
    options.advice = false; // each table's own page asks for it
    if (hasQueue(job)) // of which there are no sessions
        return desk.check(job, sides.cancellation(), options);
    TRY_ASSIGN(Session *const source, sides.open(job.source));
    TRY_ASSIGN(Session *const target, sides.open(job.target));
    return checkJob(job, *source, *target, options);
}

} // namespace

EditorChecks::EditorChecks(std::shared_ptr<Desk> desk, QObject *parent)
    : QObject(parent), m_desk(std::move(desk)), m_sessions(std::shared_ptr<Connector>(m_desk, &m_desk->connector()))
{
    m_readLater.setSingleShot(true);
    m_readLater.setInterval(readAfterMs);
    m_checkLater.setSingleShot(true);
    m_checkLater.setInterval(checkAfterMs);
    connect(&m_readLater, &QTimer::timeout, this, &EditorChecks::read);
    connect(&m_checkLater, &QTimer::timeout, this, &EditorChecks::checkSides);
}

void EditorChecks::setConnections(const QList<ConnectionSettings> &connections)
{
    m_connections = connections;
    m_unreachableSides.clear();
    m_readLater.start();
}

void EditorChecks::setFile(const QString &file, const QStringList &takenNames)
{
    m_file = file;
    m_takenNames = takenNames;
}

void EditorChecks::setTakenNames(const QStringList &names)
{
    m_takenNames = names;
    if (m_read)
        m_readLater.start();
}

void EditorChecks::check(const QJsonObject &job)
{
    m_json = job;
    m_readLater.start();
}

void EditorChecks::checkAgain()
{
    m_unreachableSides.clear();
    m_checkedJson = {};
    m_sideError.reset();
    m_sessions.reopen(); // rights and settings of a session may be another's by now
    checkSides();
}

void EditorChecks::read()
{
    inBackground(
        this,
        [json = m_json, file = m_file, connections = m_connections] {
            return readDraft(json, file, ListedConnections(connections));
        },
        [this, json = m_json, turn = ++m_reading](const DraftReading &reading) {
            if (turn == m_reading)
                taken(reading, json);
        });
}

void EditorChecks::taken(const DraftReading &reading, const QJsonObject &json)
{
    m_read = true;
    m_ofFile.clear();
    for (const Error &fault : reading.faults)
        m_ofFile << problems::ofFault(fault, json);
    const QString name = json.value("name"_L1).toString();
    if (m_takenNames.contains(name))
        m_ofFile.prepend(problems::nameTaken());
    const QString source = json.value("source"_L1).toString();
    if (!source.isEmpty() && source == json.value("target"_L1).toString() && draft::allTables(json))
        m_ofFile << problems::sameSides();
    m_fileFaults = !m_ofFile.isEmpty();
    m_source = reading.source;
    m_target = reading.target;
    m_job.reset();
    if (reading.canCheck) {
        m_job = reading.job;
        if (m_job->id.isEmpty()) // drawn by the first save
            m_job->id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    if (sidesOf(json) != m_unreachableSides)
        m_sideError.reset();
    if (!m_job) {
        m_sessions.drop();
        m_checkLater.stop();
        m_checkedJson = {};
        m_ofSides.clear();
        m_remarks.clear();
        m_state = State::Waiting;
    } else if (essence(json) != m_checkedJson && !m_sideError) {
        m_checkLater.start();
    }
    collect();
}

void EditorChecks::checkSides()
{
    if (!m_job)
        return;
    m_checkLater.stop();
    m_checkedJson = essence(m_json);
    m_state = State::Checking;
    Q_EMIT changed();
    m_sessions.ask(
        this,
        [desk = m_desk, job = *m_job, json = m_json](EditorSessions::Sides &sides) -> Result<QList<EditorProblem>> {
            auto items = askSides(*desk, job, sides);
            if (!items && items.error().code == ErrorCode::NothingMatched)
                items = QList<CheckItem>{{CheckItem::Level::Problem, {}, items.error(), {}, {}, {}}};
            if (!items)
                return fail(std::move(items).error());
            return problems::ofItems(*items, json);
        },
        [this](const Result<QList<EditorProblem>> &found) { checked(found); });
}

void EditorChecks::checked(const Result<QList<EditorProblem>> &found)
{
    m_ofSides.clear();
    m_remarks.clear();
    if (found) {
        m_state = State::Checked;
        for (const EditorProblem &problem : *found)
            (problem.level == EditorProblem::Level::Problem ? m_ofSides : m_remarks) << problem;
    } else {
        m_state = State::Unreachable;
        m_sideError = found.error();
        m_unreachableSides = sidesOf(m_json);
    }
    collect();
}

void EditorChecks::collect()
{
    m_problems = m_ofFile + m_ofSides;
    Q_EMIT changed();
}

} // namespace tidemark
