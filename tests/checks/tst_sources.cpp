// SPDX-License-Identifier: GPL-3.0-or-later
// Reads every source file and fails on an include that is not in the table of rooms below.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QList>
#include <QRegularExpression>
#include <QStringList>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Room
{
    QString prefix;
    QStringList uses; // prefixes of rooms; its own is understood
};

// What a room may include. The longest prefix decides, so a file can be a room of its own.
const QList<Room> &rooms()
{
    static const QString base = u"core/base/"_s, data = u"core/data/"_s, change = u"core/change/"_s,
                         mapping = u"core/mapping/"_s, reconcile = u"core/reconcile/"_s, config = u"core/config/"_s,
                         endpoint = u"core/endpoint/"_s, connector = u"core/endpoint/connector."_s,
                         certificate = u"core/endpoint/certificate.cpp"_s, net = u"core/endpoint/net/"_s,
                         http = u"core/endpoint/http/"_s, queue = u"core/endpoint/queue/"_s,
                         test = u"core/endpoint/connectiontest."_s, ssh = u"core/endpoint/ssh/"_s,
                         sql = u"core/endpoint/sql/"_s, sqlite = u"core/endpoint/sql/sqlite/"_s,
                         postgres = u"core/endpoint/sql/postgres/"_s, mysql = u"core/endpoint/sql/mysql/"_s,
                         journal = u"core/journal/"_s, detect = u"core/detect/"_s, apply = u"core/apply/"_s,
                         run = u"core/run/"_s, after = u"core/after/"_s, schedule = u"core/schedule/"_s,
                         wording = u"app/wording/"_s, cli = u"app/cli/"_s, gui = u"app/gui/"_s, ui = u"ui/"_s;
    static const QString messages = u"core/endpoint/queue/queue"_s; // what the engine sees of queues
    static const QStringList values{base, data, change, mapping},
        settings = values + QStringList{config}, sides = settings + QStringList{endpoint, sql},
        jobs = sides + QStringList{connector, test, messages, reconcile, journal, detect, apply, run},
        everything = jobs + QStringList{after, schedule};
    static const QList<Room> table{
        {base, {}},
        {data, {base}},
        {change, {base, data}},
        {mapping, {base, data, change}},
        {reconcile, values},
        {config, {base, data}},
        {endpoint, settings},
        {sql, sides},
        {sqlite, sides},
        {net, settings + QStringList{endpoint}},
        {ssh, settings + QStringList{endpoint, net}},
        {http, settings + QStringList{endpoint}},
        {messages, settings + QStringList{endpoint}},
        {queue, settings + QStringList{endpoint, net, messages}},
        {postgres, sides + QStringList{net}},
        {mysql, sides + QStringList{net}},
        {connector, sides + QStringList{sqlite, postgres, mysql, ssh, http, queue, messages}},
        {certificate, sides + QStringList{net, ssh}},
        {test, sides + QStringList{connector, net, ssh, http, messages}},
        {journal, values + QStringList{reconcile}},
        {detect, sides + QStringList{reconcile}},
        {apply, sides + QStringList{reconcile, journal, detect}},
        {run, jobs},
        {after, settings + QStringList{reconcile, journal}},
        {schedule, jobs + QStringList{after}},
        {wording, everything},
        {ui, everything + QStringList{wording}},
        {cli, everything + QStringList{wording}},
        {gui, everything + QStringList{wording, ui}},
    };
    return table;
}

// The longest prefix of the table that path begins with, or null.
const Room *roomOf(const QString &path)
{
    const Room *best = nullptr;
    for (const Room &room : rooms()) {
        if (path.startsWith(room.prefix) && (best == nullptr || room.prefix.size() > best->prefix.size()))
            best = &room;
    }
    return best;
}

bool isQtHeader(const QString &module, const QString &name)
{
    return QFile::exists(QLibraryInfo::path(QLibraryInfo::HeadersPath) + u'/' + module + u'/' + name);
}

// Why a file of that room may not include <name>, or nothing.
QString systemFault(const QString &path, const QString &name)
{
    if (name == "ranges"_L1)
        return u"clang-tidy 14 cannot read <ranges>; write the loop"_s;
    const auto belongsTo = [&name](const QString &module) {
        return name.startsWith(module + u'/') || isQtHeader(module, name);
    };
    if (belongsTo(u"QtSql"_s))
        return u"databases are reached through core/endpoint, not through Qt SQL"_s;
    const bool windowless =
        path.startsWith("core/"_L1) || path.startsWith("app/cli/"_L1) || path.startsWith("app/wording/"_L1);
    if (windowless && (belongsTo(u"QtGui"_s) || belongsTo(u"QtWidgets"_s) || belongsTo(u"QtSvg"_s)))
        return u"only ui and app/gui may use Qt GUI or Widgets"_s;
    struct Client
    {
        QLatin1StringView start;
        QStringList folders;
    };
    static const QList<Client> clients{
        {"libpq"_L1, {u"core/endpoint/sql/postgres/"_s}},
        {"mysql"_L1, {u"core/endpoint/sql/mysql/"_s}},
        {"mariadb"_L1, {u"core/endpoint/sql/mysql/"_s}},
        {"hiredis"_L1, {u"core/endpoint/queue/redis/"_s}},
        {"amqp"_L1, {u"core/endpoint/queue/amqp/"_s}},
        {"sqlite3"_L1, {u"core/endpoint/sql/sqlite/"_s, u"core/journal/"_s}},
    };
    for (const Client &client : clients) {
        const auto holds = [&path](const QString &folder) { return path.startsWith(folder); };
        if (name.startsWith(client.start) && std::none_of(client.folders.begin(), client.folders.end(), holds))
            return u"only %1 may use this library"_s.arg(client.folders.join(u" and "_s));
    }
    static const QStringList world{u"QFile"_s, u"QDir"_s, u"QSaveFile"_s, u"QElapsedTimer"_s, u"QDeadlineTimer"_s};
    if (path.startsWith("core/reconcile/"_L1) && world.contains(name))
        return u"core/reconcile is pure: no files, no clocks"_s;
    return {};
}

QString ownFault(const QString &path, const QString &name)
{
    if (name.endsWith(".moc"_L1))
        return {};
    const Room *from = roomOf(path);
    const Room *to = roomOf(name);
    if (from == nullptr)
        return u"%1 lies in no room; give it a row in tests/checks/tst_sources.cpp"_s.arg(path);
    if (to == nullptr)
        return u"%1 lies in no room; write the path from the project's root"_s.arg(name);
    if (path.startsWith("core/reconcile/"_L1) && name == "core/base/clock.h"_L1)
        return u"core/reconcile is pure: no files, no clocks"_s;
    if (from == to || from->uses.contains(to->prefix))
        return {};
    return u"%1 may not use %2"_s.arg(from->prefix, to->prefix);
}

// One line a fault: file:line: what.
QStringList includeFaults(const QString &path, const QString &content)
{
    static const QRegularExpression include(u"^\\s*#\\s*include\\s*([\"<])([^\">]+)[\">]"_s);
    QStringList faults;
    int number = 0;
    for (const QString &line : content.split(u'\n')) {
        ++number;
        const auto match = include.match(line);
        if (!match.hasMatch())
            continue;
        const QString name = match.captured(2);
        const QString fault = match.captured(1) == "<"_L1 ? systemFault(path, name) : ownFault(path, name);
        if (!fault.isEmpty())
            faults += u"%1:%2: includes %3: %4"_s.arg(path).arg(number).arg(name, fault);
    }
    return faults;
}

QStringList loopFaults(const QString &path, const QString &content)
{
    static const QRegularExpression loop(u"^\\s*for \\(.* : (\\*[^()]+\\(.*\\)|.*\\)\\.value\\(\\))\\)( \\{)?$"_s);
    QStringList faults;
    int number = 0;
    for (const QString &line : content.split(u'\n')) {
        ++number;
        if (loop.match(line).hasMatch())
            faults += u"%1:%2: the loop reads what is destroyed already; give the result a name first"_s.arg(path).arg(
                number);
    }
    return faults;
}

QStringList files(const QString &root, const QStringList &folders, const QStringList &names)
{
    QStringList found;
    for (const QString &folder : folders) {
        QDirIterator it(root + u'/' + folder, names, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext())
            found += QDir(root).relativeFilePath(it.next());
    }
    found.sort();
    return found;
}

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TestSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = qEnvironmentVariable("TIDEMARK_SOURCE_DIR");
        QVERIFY2(QFile::exists(m_root + u"/LICENSE"_s), "TIDEMARK_SOURCE_DIR must name the source folder");
    }

    // The table itself: that it allows what it should, and sees what it must not allow.
    void arrows_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("allowed");

        const auto row = [](const char *path, const char *line, bool allowed) {
            QTest::addRow("%s %s", path, line) << QString::fromLatin1(path) << QString::fromLatin1(line) << allowed;
        };
        row("core/base/a.cpp", "#include \"core/base/error.h\"", true);
        row("core/base/a.cpp", "#include \"core/data/rowbatch.h\"", false);
        row("core/reconcile/a.cpp", "#include \"core/mapping/tablemapping.h\"", true);
        row("core/reconcile/a.cpp", "#include \"core/endpoint/session.h\"", false);
        row("core/reconcile/a.cpp", "#include \"core/config/jobsettings.h\"", false);
        row("core/reconcile/a.cpp", "#include \"core/base/clock.h\"", false);
        row("core/reconcile/a.cpp", "#include <QFile>", false);
        row("core/config/a.h", "#include \"core/mapping/tablemapping.h\"", false);
        row("core/endpoint/sql/sqlite/a.cpp", "#include \"core/endpoint/sql/sqlsession.h\"", true);
        row("core/endpoint/sql/sqlite/a.cpp", "#include \"core/endpoint/session.h\"", true);
        row("core/endpoint/sql/sqlite/a.cpp", "#include \"core/endpoint/sql/mysql/a.h\"", false);
        row("core/endpoint/sql/a.cpp", "#include \"core/endpoint/sql/mysql/a.h\"", false);
        row("core/endpoint/connector.cpp", "#include \"core/endpoint/sql/mysql/a.h\"", true);
        row("core/endpoint/session.h", "#include \"core/endpoint/connector.h\"", false);
        row("core/journal/a.cpp", "#include \"core/endpoint/session.h\"", false);
        row("core/journal/a.cpp", "#include <sqlite3.h>", true);
        row("core/detect/a.cpp", "#include \"core/journal/journal.h\"", false);
        row("core/detect/a.cpp", "#include <sqlite3.h>", false);
        row("core/apply/a.cpp", "#include \"core/detect/a.h\"", true);
        row("core/apply/a.cpp", "#include \"core/run/runner.h\"", false);
        row("core/run/a.cpp", "#include \"core/endpoint/connector.h\"", true);
        row("core/run/a.cpp", "#include \"app/wording/wording.h\"", false);
        row("core/run/a.cpp", "#include \"core/schedule/scheduler.h\"", false);
        row("core/run/a.cpp", "#include <QColor>", false);
        row("core/schedule/a.cpp", "#include \"core/run/runner.h\"", true);
        row("core/after/a.cpp", "#include \"core/run/runner.h\"", false);
        row("core/run/a.cpp", "#include <QtWidgets/QWidget>", false);
        row("core/run/a.cpp", "#include <QSqlDatabase>", false);
        row("core/run/a.cpp", "#include <ranges>", false);
        row("core/run/a.cpp", "  #  include <libpq-fe.h>", false);
        row("core/run/a.cpp", "#include \"runner.h\"", false);
        row("app/wording/a.cpp", "#include \"core/base/error.h\"", true);
        row("app/wording/a.cpp", "#include \"ui/main/a.h\"", false);
        row("app/cli/a.cpp", "#include \"app/wording/wording.h\"", true);
        row("app/cli/a.cpp", "#include \"ui/main/a.h\"", false);
        row("app/cli/a.cpp", "#include <QGuiApplication>", false);
        row("ui/plan/a.cpp", "#include <QWidget>", true);
        row("ui/plan/a.cpp", "#include \"ui/main/a.h\"", true);
        row("ui/plan/a.cpp", "#include \"app/cli/a.h\"", false);
        row("ui/plan/a.cpp", "#include \"core/endpoint/sql/mysql/a.h\"", false);
        row("app/gui/a.cpp", "#include \"ui/main/a.h\"", true);
    }

    void arrows()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(bool, allowed);
        const QStringList faults = includeFaults(path, line);
        QVERIFY2(faults.isEmpty() == allowed, qPrintable(faults.join(u'\n')));
    }

    void everyIncludeIsAllowed()
    {
        QStringList faults;
        int count = 0;
        for (const QString &path : files(m_root, {u"app"_s, u"core"_s, u"ui"_s}, {u"*.cpp"_s, u"*.h"_s})) {
            faults += includeFaults(path, read(m_root + u'/' + path));
            ++count;
        }
        QVERIFY2(count > 30, "hardly any source file was found");
        QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
    }

    // C++20 destroys what a call returned before the loop begins: for (… : list().value()) reads freed memory.
    void loops_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("value of a call") << u"    for (const Row &row : journal->rows(id).value())"_s << false;
        QTest::newRow("what a call points to") << u"    for (const Row &row : *journal->rows(id))"_s << false;
        QTest::newRow("value of a variable") << u"    for (const Row &row : rows.value()) {"_s << true;
        QTest::newRow("what a variable points to") << u"    for (const Row &row : *rows)"_s << true;
        QTest::newRow("a call") << u"    for (const Row &row : journal->rows(id))"_s << true;
        QTest::newRow("a pointer's call") << u"    for (const Row &row : std::as_const(rows)) // *f()"_s << true;
    }

    void loops()
    {
        QFETCH(QString, line);
        QFETCH(bool, allowed);
        QCOMPARE(loopFaults(u"a.cpp"_s, line).isEmpty(), allowed);
    }

    void noLoopOutlivesItsRange()
    {
        QStringList faults;
        const QStringList folders{u"app"_s, u"core"_s, u"ui"_s, u"tests"_s};
        for (const QString &path : files(m_root, folders, {u"*.cpp"_s, u"*.h"_s}))
            faults += loopFaults(path, read(m_root + u'/' + path));
        QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
    }

    void everyFileNamesItsLicence()
    {
        QStringList faults;
        const QStringList names{u"*.cpp"_s, u"*.h"_s, u"*.sh"_s, u"CMakeLists.txt"_s, u"run"_s};
        QStringList paths = files(m_root, {u"app"_s, u"core"_s, u"ui"_s, u"tests"_s, u".ci"_s}, names);
        paths += u"CMakeLists.txt"_s;
        for (const QString &path : paths) {
            const QStringList top = read(m_root + u'/' + path).split(u'\n').mid(0, 2);
            if (top.filter(u"SPDX-License-Identifier: GPL-3.0-or-later"_s).isEmpty())
                faults +=
                    u"%1:1: put \"SPDX-License-Identifier: GPL-3.0-or-later\" into the first line's comment"_s.arg(
                        path);
        }
        QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
    }

    void everyHeaderIsReadOnce()
    {
        QStringList faults;
        for (const QString &path : files(m_root, {u"app"_s, u"core"_s, u"ui"_s, u"tests"_s}, {u"*.h"_s})) {
            if (!read(m_root + u'/' + path).contains("\n#pragma once\n"_L1))
                faults += u"%1:2: put \"#pragma once\" below the licence"_s.arg(path);
        }
        QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
    }

private:
    QString m_root;
};

QTEST_APPLESS_MAIN(TestSources)
#include "tst_sources.moc"
