// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <cstdio>

#include <QJsonDocument>
#include <QRegularExpression>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

#include "app/wording/wording.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

void write(FILE *file, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), file);
    std::fflush(file);
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
        write(stdout, QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void Output::raw(const QByteArray &text) { write(stdout, text); }

void Output::line(const QString &text)
{
    if (!m_json)
        write(stdout, text.toUtf8() + '\n');
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
        write(stderr, text.toUtf8() + '\n');
}

void Output::error(const Error &error)
{
    write(stderr, "tidemark-cli: " + wording::oneLine(error).toUtf8() + '\n');
    document({{u"error"_s, errorJson(error)}});
}

QJsonObject errorJson(const Error &error)
{
    const wording::Message words = wording::message(error);
    return {{u"code"_s, codeName(error.code)},
            {u"message"_s, words.next.isEmpty() ? words.what : QString(words.what + u' ' + words.next)},
            {u"detail"_s, error.detail},
            {u"transient"_s, error.isTransient()}};
}

} // namespace tidemark::cli
