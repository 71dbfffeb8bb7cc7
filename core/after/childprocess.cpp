// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/after/childprocess.h"

#include <QDir>
#include <QEventLoop>
#include <QProcess>
#include <QRegularExpression>
#include <QTimer>

#ifdef Q_OS_UNIX
#include <csignal>

#include <linux/close_range.h>
#include <unistd.h>
#endif

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostOutput = 4096;
constexpr int graceMs = 2000; // between asking it to end and ending it

class Child
{
public:
    Child(const ChildCall &call, Cancellation &cancellation) : m_call(call), m_cancellation(cancellation) { }
    ChildEnd run();

private:
    void prepare();
    void take();
    void end(ChildEnd::How why);
    void signal(int number);

    const ChildCall &m_call;
    Cancellation &m_cancellation;
    QProcess m_process;
    QEventLoop m_loop;
    QTimer m_limit, m_grace;
    QByteArray m_tail;
    std::optional<ChildEnd::How> m_ended; // by us
};

void Child::prepare()
{
    m_process.setProgram(m_call.program);
    m_process.setArguments(m_call.arguments);
    m_process.setProcessEnvironment(m_call.environment);
    m_process.setWorkingDirectory(QDir::homePath());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_UNIX
    m_process.setChildProcessModifier([] {
        ::setsid();
        ::close_range(3, ~0U,
                      CLOSE_RANGE_CLOEXEC); // sockets, databases and locks that a library left open for children
    });
#endif
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_loop, [this] { take(); });
    QObject::connect(&m_process, &QProcess::finished, &m_loop, &QEventLoop::quit);
    QObject::connect(&m_process, &QProcess::errorOccurred, &m_loop, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            m_loop.quit();
    });
    for (QTimer *timer : {&m_limit, &m_grace})
        timer->setSingleShot(true);
    QObject::connect(&m_limit, &QTimer::timeout, &m_loop, [this] { end(ChildEnd::How::TimedOut); });
    QObject::connect(&m_grace, &QTimer::timeout, &m_loop, [this] { signal(SIGKILL); });
}

void Child::take()
{
    m_tail += m_process.readAllStandardOutput();
    if (m_tail.size() > mostOutput)
        m_tail = m_tail.last(mostOutput);
}

void Child::end(ChildEnd::How why)
{
    if (m_ended)
        return;
    m_ended = why;
    signal(SIGTERM);
    m_grace.start(graceMs);
}

void Child::signal(int number)
{
    // Not once it is over: its number may be somebody else's by then.
    if (const qint64 id = m_process.processId(); id > 0 && m_process.state() != QProcess::NotRunning)
        ::kill(static_cast<pid_t>(-id), number);
}

ChildEnd Child::run()
{
    prepare();
    m_limit.start(static_cast<int>(m_call.timeoutMs));
    const auto registration = m_cancellation.onCancel([this] {
        QMetaObject::invokeMethod(
            &m_loop, [this] { end(ChildEnd::How::Cancelled); }, Qt::QueuedConnection);
    });
    m_process.start();
    if (m_process.state() != QProcess::NotRunning)
        m_loop.exec();
    const bool started = m_process.error() != QProcess::FailedToStart;
    take();
    ChildEnd end;
    end.output = started ? printable(m_tail) : m_process.errorString();
    if (m_ended) {
        end.how = *m_ended;
        return end;
    }
    if (started) {
        end.how = m_process.exitStatus() == QProcess::NormalExit ? ChildEnd::How::Exited : ChildEnd::How::Signalled;
        end.status = m_process.exitCode();
    }
    return end;
}

} // namespace

ChildEnd runChild(const ChildCall &call, Cancellation &cancellation) { return Child(call, cancellation).run(); }

QString printable(const QByteArray &bytes)
{
    static const QRegularExpression escapes(u"\x1b(\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(\x07|\x1b\\\\)?|.)?"_s);
    QString text = QString::fromUtf8(bytes);
    text.remove(escapes);
    QString shown;
    for (const QChar c : std::as_const(text)) {
        // What turns the direction of writing shows a text as another one.
        const bool turns = c.category() == QChar::Other_Format;
        if (c == u'\n'
            || (c.unicode() >= 0x20 && c.unicode() != 0x7f && !(c.unicode() >= 0x80 && c.unicode() < 0xa0) && !turns))
            shown += c;
        else if (c == u'\t')
            shown += u' ';
    }
    return shown;
}

} // namespace tidemark
