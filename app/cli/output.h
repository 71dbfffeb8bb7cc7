// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/result.h"

namespace tidemark::cli {

// Results on standard output (one JSON document with --json), messages on standard error.
class Output
{
public:
    Output(bool json, bool quiet) : m_json(json), m_quiet(quiet) { }
    bool isJson() const { return m_json; }
    bool isQuiet() const { return m_quiet; }

    void document(const QJsonObject &object); // --json: the one document
    void raw(const QByteArray &text); // a part of the document, or a JSON line
    void line(const QString &text = {}); // for people; nothing with --json
    // Aligned columns, numbers right; nothing with --json.
    void table(const QStringList &head, const QList<QStringList> &rows, const QList<int> &rightAligned = {});
    void note(const QString &text); // standard error, unless --quiet
    void error(const Error &error); // standard error, and {"error": …} with --json

    // What kept standard output from taking all of it: a full disk, say. Not a reader that went away.
    Result<void> end() const;

    static bool errorsAreSeen(); // standard error is a terminal

private:
    void write(const QByteArray &bytes);

    bool m_json;
    bool m_quiet;
    int m_fault = 0; // errno
};

int displayWidth(const QString &text); // columns on a terminal: 2 for wide characters

} // namespace tidemark::cli
