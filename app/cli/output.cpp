// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <cerrno>
#include <cstdio>

#include <QJsonDocument>
#include <QRegularExpression>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

#include "app/cli/command.h"
#include "app/wording/reportjson.h"
#include "app/wording/wording.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

int print(FILE *file, const QByteArray &bytes) // errno, where not all of it went out
{
    errno = 0;
    const auto size = static_cast<std::size_t>(bytes.size());
    const bool done = std::fwrite(bytes.constData(), 1, size, file) == size && std::fflush(file) == 0;
    return done ? 0 : (errno != 0 ? errno : EIO);
}

QString padded(const QString &text, int width, bool right)
{
    const QString blanks(qMax(0, width - displayWidth(text)), u' ');
    return right ? QString(blanks + text) : QString(text + blanks);
}

bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

} // namespace

int displayWidth(const QString &text)
{
    int width = 0;
    const QList<uint> characters = text.toUcs4();
    for (const uint c : characters) {
        const bool isMark = QChar::isMark(c);
        width += isMark ? 0 : (isWide(c) ? 2 : 1);
    }
    return width;
}

void Output::write(const QByteArray &bytes)
{
    const int fault = print(stdout, bytes);
    if (m_fault == 0)
        m_fault = fault;
}

Result<void> Output::end() const
{
    if (m_fault == 0 || m_fault == EPIPE)
        return {};
    return fail(
        Error{m_fault == ENOSPC ? ErrorCode::DiskFull : ErrorCode::InputOutput, {}, qt_error_string(m_fault)}.with(
            Fact::File, Cli::tr("standard output")));
}

bool Output::errorsAreSeen()
{
#ifdef Q_OS_UNIX
    return isatty(STDERR_FILENO) == 1;
#else
    return false;
#endif
}

void Output::document(const QJsonObject &object)
{
    if (m_json)
        write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void Output::raw(const QByteArray &text) { write(text); }

void Output::line(const QString &text)
{
    if (!m_json)
        write(text.toUtf8() + '\n');
}

void Output::table(const QStringList &head, const QList<QStringList> &rows, const QList<int> &rightAligned)
{
    if (m_json)
        return;
    QList<int> widths;
    for (qsizetype column = 0; column < head.size(); ++column) {
        int width = displayWidth(head[column]);
        for (const QStringList &row : rows)
            width = qMax(width, displayWidth(row.value(column)));
        widths.append(width);
    }
    const auto print = [&](const QStringList &cells) {
        QString text;
        for (qsizetype column = 0; column < widths.size(); ++column)
            text +=
                padded(cells.value(column), widths[column], rightAligned.contains(static_cast<int>(column))) + u"  "_s;
        line(QString(text).remove(QRegularExpression(u" +$"_s)));
    };
    print(head);
    for (const QStringList &row : rows)
        print(row);
}

void Output::note(const QString &text)
{
    if (!m_quiet)
        print(stderr, text.toUtf8() + '\n');
}

void Output::error(const Error &error)
{
    print(stderr, "tidemark-cli: " + wording::oneLine(error).toUtf8() + '\n');
    document({{u"error"_s, wording::errorJson(error)}});
}

} // namespace tidemark::cli
