// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/error.h"

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

    static bool errorsAreSeen(); // standard error is a terminal

private:
    bool m_json;
    bool m_quiet;
};

QJsonObject errorJson(const Error &error);
int displayWidth(const QString &text); // columns on a terminal: 2 for wide characters

} // namespace tidemark::cli
