// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that follow a run. The program that they start is this one: main() below, with a word to act on.
#include <cstdio>
#include <thread>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/after/afterrun.h"
#include "core/after/childprocess.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

class FixedClock final : public Clock
{
public:
    qint64 nowUs() const override { return 0; }
    qint64 steadyMs() const override { return 0; }
};

AfterRunAction self(const QStringList &words)
{
    AfterRunAction action;
    action.kind = AfterRunAction::Kind::Command;
    action.command = QStringList{QCoreApplication::applicationFilePath(), u"--child"_s} + words;
    return action;
}

struct Rig
{
    const FixedClock clock;
    JobSettings job;
    RunReport report;
    Cancellation cancellation;
    QStringList secretVariables;

    Rig()
    {
        report.job = u"j"_s;
        report.run = u"r"_s;
    }
    QList<ActionOutcome> perform(const AfterRunSettings &afterRun)
    {
        job.afterRun = afterRun;
        AfterRun::Settings settings{clock};
        settings.secretVariables = secretVariables;
        return AfterRun(settings).perform(job, report, {{u"run"_s, u"r"_s}}, cancellation);
    }
    ActionOutcome perform(const AfterRunAction &action)
    {
        AfterRunSettings afterRun;
        afterRun.always = {action};
        return perform(afterRun).value(0);
    }
};

QString codeOf(const ActionOutcome &outcome) { return outcome.error ? codeName(outcome.error->code) : u"done"_s; }

void say(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

int openFiles()
{
    int count = 0;
    for (int file = 3; file < 1024; ++file)
        count += ::fcntl(file, F_GETFD) >= 0 ? 1 : 0;
    return count;
}

// A child that outlives this one unless the whole group is ended; says which it is.
void haveChild()
{
    const pid_t id = ::fork();
    if (id == 0) {
        ::signal(SIGTERM, SIG_IGN);
        for (;;)
            ::sleep(100);
    }
    say(QByteArray::number(id));
}

// Gone, or dead and not yet buried.
bool isOver(const QString &id)
{
    QFile file(u"/proc/%1/stat"_s.arg(id));
    return !file.open(QIODevice::ReadOnly) || file.readAll().contains(") Z ");
}

int child(const QByteArray &word, char **rest)
{
    if (word == "words") {
        for (; *rest != nullptr; ++rest)
            say(*rest);
    } else if (word == "status") {
        say("it failed");
        return QByteArray(*rest).toInt();
    } else if (word == "abort") {
        ::signal(SIGABRT, SIG_DFL);
        ::raise(SIGABRT);
    } else if (word == "variables") {
        for (; *rest != nullptr; ++rest)
            say(QByteArray(*rest) + '=' + (qEnvironmentVariableIsSet(*rest) ? qgetenv(*rest) : "(none)"));
    } else if (word == "report") {
        struct stat status
        {
        };
        ::stat(*rest, &status);
        QFile file(QString::fromLocal8Bit(*rest));
        (void)file.open(QIODevice::ReadOnly);
        say(QByteArray::number(status.st_mode & 0777, 8) + ' ' + file.readAll());
        say(*rest);
    } else if (word == "flood") {
        for (int i = 0; i < 20'000; ++i)
            std::printf("line %d of a flood that nobody wants to keep\n", i);
        std::fflush(stdout);
        std::fprintf(stderr, "the end\n");
    } else if (word == "hostile") {
        say("a\x1b[31mred\x1b[0m\x07"
            "b\xff\x7f\xe2\x80\xae"
            "c\x1b]0;title\x07"
            "d");
    } else if (word == "surroundings") {
        char byte = 0;
        say("input " + QByteArray::number(qint64(::read(0, &byte, 1))));
        say(::getsid(0) == ::getpid() ? "own session" : "no session of its own");
        say("files " + QByteArray::number(openFiles()));
        say("in " + QDir::currentPath().toLocal8Bit());
    } else if (word == "hang") {
        ::signal(SIGTERM, SIG_IGN);
        haveChild();
        if (*rest != nullptr)
            (void)QFile(QString::fromLocal8Bit(*rest)).open(QIODevice::WriteOnly); // it hangs by now
        for (;;)
            ::sleep(100);
    }
    return 0;
}

} // namespace

class TestAfterRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void states_data();
    void states();
    void ordersActions();
    void wordsArriveAsTheyAre_data();
    void wordsArriveAsTheyAre();
    void namesOfThisRun();
    void passwordsStayHere();
    void reportIsPrivate();
    void reportOnlyWhereAsked();
    void surroundings();
    void failures();
    void programs_data();
    void programs();
    void floods();
    void hostileOutput();
    void timeIsUp();
    void cancels();
    void stopsDoNotCancel();
    void notifies();
    void fromAThreadWithoutLoop();
};

void TestAfterRun::states_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("asked");
    QTest::newRow("completed") << int(RunState::Completed) << u"success always"_s;
    QTest::newRow("needs attention") << int(RunState::NeedsAttention) << u"attention always"_s;
    QTest::newRow("failed") << int(RunState::Failed) << u"failure always"_s;
    QTest::newRow("cancelled") << int(RunState::Cancelled) << u"always"_s;
    QTest::newRow("busy: no run") << int(RunState::Busy) << u""_s;
    QTest::newRow("planned: no run") << int(RunState::Planned) << u""_s;
}

void TestAfterRun::states()
{
    QFETCH(int, state);
    QFETCH(QString, asked);
    const auto named = [](const QString &name) {
        AfterRunAction action;
        action.command = QStringList{name};
        return QList{action};
    };
    const AfterRunSettings settings{named(u"success"_s), named(u"attention"_s), named(u"failure"_s),
                                    named(u"always"_s)};
    QStringList names;
    const auto actions = actionsAfter(settings, static_cast<RunState>(state));
    for (const AfterRunAction &action : actions)
        names << action.command;
    QCOMPARE(names.join(u' '), asked);
}

void TestAfterRun::ordersActions()
{
    Rig rig;
    AfterRunSettings settings;
    settings.success = {self({u"status"_s, u"3"_s}), self({u"words"_s, u"two"_s})};
    settings.always = {self({u"words"_s, u"three"_s})};
    const QList<ActionOutcome> outcomes = rig.perform(settings);
    QCOMPARE(outcomes.size(), 3); // one that fails keeps none from happening
    QCOMPARE(codeOf(outcomes[0]), u"command-failed"_s);
    QCOMPARE(outcomes[1].output, u"two\n"_s);
    QCOMPARE(outcomes[2].output, u"three\n"_s);
}

void TestAfterRun::wordsArriveAsTheyAre_data()
{
    QTest::addColumn<QString>("word");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("blanks") << u" two  words "_s;
    QTest::newRow("quotes") << u"'\"`"_s;
    QTest::newRow("for a shell") << u"$(touch /tmp/x); rm -rf ~ && echo $HOME | cat > f; `id` * ? # \\"_s;
    QTest::newRow("an option") << u"--child=-x"_s;
    QTest::newRow("Chinese") << u"订单 → 仓库 🌊"_s;
    QTest::newRow("almost the report") << u"{report {REPORT}"_s;
}

void TestAfterRun::wordsArriveAsTheyAre()
{
    QFETCH(QString, word);
    Rig rig;
    const ActionOutcome outcome = rig.perform(self({u"words"_s, word, u"end"_s}));
    QCOMPARE(codeOf(outcome), u"done"_s);
    QCOMPARE(outcome.output, QString(word + u"\nend\n"_s));
}

void TestAfterRun::namesOfThisRun()
{
    Rig rig;
    rig.report.job = u"订单; rm $HOME"_s;
    rig.report.state = RunState::NeedsAttention;
    const ActionOutcome outcome =
        rig.perform(self({u"variables"_s, u"TIDEMARK_JOB"_s, u"TIDEMARK_RUN"_s, u"TIDEMARK_STATE"_s}));
    QCOMPARE(outcome.output, u"TIDEMARK_JOB=订单; rm $HOME\nTIDEMARK_RUN=r\nTIDEMARK_STATE=needs-attention\n"_s);
}

void TestAfterRun::passwordsStayHere()
{
    const QStringList names{u"TST_SOURCE"_s, u"TST_TARGET"_s, u"TST_HOOK"_s,
                            u"TST_OTHER"_s,  u"PGPASSWORD"_s, u"MYSQL_PWD"_s};
    for (const QString &name : names)
        qputenv(name.toLocal8Bit().constData(), "geheim");
    qputenv("TST_PLAIN", "seen");
    Rig rig;
    rig.job.source.password = {PasswordSource::Kind::Env, u"TST_SOURCE"_s};
    rig.job.target.password = {PasswordSource::Kind::Env, u"TST_TARGET"_s};
    rig.secretVariables = QStringList{u"TST_OTHER"_s};
    AfterRunAction hook;
    hook.kind = AfterRunAction::Kind::WebHook;
    hook.secret = {PasswordSource::Kind::Env, u"TST_HOOK"_s};
    AfterRunSettings settings;
    settings.failure = {hook}; // not of this run, and yet no business of its commands
    settings.success = {self(QStringList{u"variables"_s} + names + QStringList{u"TST_PLAIN"_s})};
    QString expected;
    for (const QString &name : names)
        expected += name + u"=(none)\n"_s;
    QCOMPARE(rig.perform(settings).value(0).output, QString(expected + u"TST_PLAIN=seen\n"_s));
    for (const QString &name : names)
        QCOMPARE(qgetenv(name.toLocal8Bit().constData()), "geheim"); // here they still are
}

void TestAfterRun::reportIsPrivate()
{
    Rig rig;
    const ActionOutcome outcome = rig.perform(self({u"report"_s, u"{report}"_s}));
    QCOMPARE(codeOf(outcome), u"done"_s);
    const QStringList lines = outcome.output.split(u'\n');
    QCOMPARE(lines.value(0), uR"(600 {"run":"r"})"_s);
    QVERIFY(lines.value(1).endsWith(".json"_L1));
    QVERIFY2(!QFileInfo::exists(lines.value(1)), "the report is left behind");
}

void TestAfterRun::reportOnlyWhereAsked()
{
    QTemporaryDir folder;
    qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
    QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    Rig rig;
    const ActionOutcome twice = rig.perform(self({u"words"_s, u"--a={report}"_s, u"{report}"_s}));
    const QStringList lines = twice.output.split(u'\n');
    QCOMPARE(lines.value(0), QString(u"--a="_s + lines.value(1))); // one file
    QVERIFY(lines.value(1).startsWith(folder.path()));
    QVERIFY(QDir(folder.path()).isEmpty());
    // Of a command that needs none, none has to be written.
    QFile::setPermissions(folder.path(), {});
    QCOMPARE(codeOf(rig.perform(self({u"words"_s}))), u"done"_s);
    QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qunsetenv("XDG_RUNTIME_DIR");
}

void TestAfterRun::surroundings()
{
    QTemporaryFile file; // a file of ours that is not marked to be closed
    QVERIFY(file.open());
    const int left = ::dup(file.handle());
    QVERIFY(left > 2);
    Rig rig;
    const ActionOutcome outcome = rig.perform(self({u"surroundings"_s}));
    ::close(left);
    QCOMPARE(outcome.output, QString(u"input 0\nown session\nfiles 0\nin "_s + QDir::homePath() + u'\n'));
}

void TestAfterRun::failures()
{
    Rig rig;
    const ActionOutcome status = rig.perform(self({u"status"_s, u"7"_s}));
    QCOMPARE(codeOf(status), u"command-failed"_s);
    QCOMPARE(status.error->facts.value(Fact::Count), u"7"_s);
    QCOMPARE(status.error->facts.value(Fact::Command), QCoreApplication::applicationFilePath());
    QCOMPARE(status.error->detail, u"it failed"_s);
    QVERIFY(!status.error->isTransient());
    const ActionOutcome aborted = rig.perform(self({u"abort"_s}));
    QCOMPARE(codeOf(aborted), u"command-failed"_s);
    QVERIFY(!aborted.error->facts.contains(Fact::Count));
    QCOMPARE(aborted.error->facts.value(Fact::Found), QString::number(SIGABRT));
}

void TestAfterRun::programs_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("code");
    QTest::newRow("of PATH") << u"true"_s << u"done"_s;
    QTest::newRow("not of PATH") << u"tidemark-no-such-program"_s << u"file-not-found"_s;
    QTest::newRow("not there") << u"/no/such/program"_s << u"file-not-found"_s;
    QTest::newRow("a folder") << u"/tmp"_s << u"file-unreadable"_s;
    QTest::newRow("no program") << u"/etc/passwd"_s << u"file-unreadable"_s;
    QTest::newRow("no program inside") << u"FILE"_s << u"command-failed"_s;
}

void TestAfterRun::programs()
{
    QFETCH(QString, program);
    QTemporaryDir folder;
    if (program == "FILE"_L1) {
        program = folder.filePath(u"empty 'program'"_s);
        QFile file(program);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\x7f"
                   "ELF");
        file.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
    }
    AfterRunAction action;
    action.kind = AfterRunAction::Kind::Command;
    action.command = QStringList{program};
    Rig rig;
    const ActionOutcome outcome = rig.perform(action);
    QTEST(codeOf(outcome), "code");
    QCOMPARE(outcome.name, program);
}

void TestAfterRun::floods()
{
    Rig rig;
    const ActionOutcome outcome = rig.perform(self({u"flood"_s}));
    QCOMPARE(codeOf(outcome), u"done"_s);
    QVERIFY(outcome.output.size() <= 4096);
    QVERIFY(outcome.output.endsWith("the end\n"_L1));
}

void TestAfterRun::hostileOutput()
{
    Rig rig;
    QCOMPARE(rig.perform(self({u"hostile"_s})).output, u"aredb\uFFFDcd\n"_s);
    QCOMPARE(printable("a\r\n\tb\x1b"), u"a\n b"_s);
    QCOMPARE(printable("\x1b[1;31mred"), u"red"_s);
    QCOMPARE(printable("订\xc2\x9b单"), u"订单"_s);
}

// With all that it started: both do not hear SIGTERM.
void TestAfterRun::timeIsUp()
{
    AfterRunAction action = self({u"hang"_s});
    action.timeoutMs = 1000;
    Rig rig;
    const ActionOutcome outcome = rig.perform(action);
    QCOMPARE(codeOf(outcome), u"command-failed"_s);
    QCOMPARE(outcome.error->facts.value(Fact::Limit), u"1s"_s);
    QVERIFY(outcome.output.trimmed().toInt() > 1);
    QTRY_VERIFY(isOver(outcome.output.trimmed()));
}

void TestAfterRun::cancels()
{
    const QTemporaryDir folder;
    const QString hangs = folder.filePath(u"hangs"_s);
    Rig rig;
    AfterRunAction action = self({u"hang"_s, hangs});
    action.timeoutMs = 300'000;
    ActionOutcome outcome;
    std::thread worker([&] { outcome = rig.perform(action); });
    const bool hung = QTest::qWaitFor([&] { return QFile::exists(hangs); }, 30'000);
    rig.cancellation.cancel();
    worker.join();
    QVERIFY(hung);
    QCOMPARE(codeOf(outcome), u"cancelled"_s);
    QCOMPARE(codeOf(rig.perform(self({u"words"_s}))), u"cancelled"_s); // not even begun
}

void TestAfterRun::stopsDoNotCancel()
{
    Rig rig;
    rig.cancellation.stopAfterBatch();
    rig.report.state = RunState::Cancelled;
    QCOMPARE(codeOf(rig.perform(self({u"words"_s}))), u"done"_s);
}

void TestAfterRun::notifies()
{
    const FixedClock clock;
    JobSettings job;
    job.afterRun.always = {AfterRunAction()};
    RunReport report;
    report.run = u"r"_s;
    Cancellation cancellation;
    QStringList told;
    AfterRun::Settings settings{clock};
    settings.notify = [&told](const RunReport &of) -> Result<void> {
        told << of.run;
        return {};
    };
    QCOMPARE(codeOf(AfterRun(settings).perform(job, report, {}, cancellation).value(0)), u"done"_s);
    QCOMPARE(told, QStringList(u"r"_s));
    settings.notify = {};
    QCOMPARE(codeOf(AfterRun(settings).perform(job, report, {}, cancellation).value(0)), u"not-available"_s);
}

void TestAfterRun::fromAThreadWithoutLoop()
{
    Rig rig;
    ActionOutcome outcome;
    std::thread worker([&] { outcome = rig.perform(self({u"words"_s, u"here"_s})); });
    worker.join();
    QCOMPARE(outcome.output, u"here\n"_s);
}

int main(int argc, char **argv)
{
    if (argc > 2 && QByteArray(argv[1]) == "--child")
        return child(argv[2], argv + 3);
    QCoreApplication application(argc, argv);
    TestAfterRun test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_afterrun.moc"
