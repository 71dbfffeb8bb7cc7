// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include "core/base/result.h"

namespace tidemark {

// A JSON file as text. Stricter than QJsonDocument: a key that stands twice is an error (Qt keeps the last in silence),
// the size is bounded, and errors name line and column.

constexpr qint64 maxJsonBytes = 16 << 20;

// FileNotFound, IsADirectory, FileUnreadable; also for a file beyond maxJsonBytes (WrongValue).
Result<QByteArray> readFile(const QString &file);
// `file` is for messages. NotJson with Fact::Line "3:14"; DuplicateName with the key's path.
Result<QJsonObject> parseJson(const QByteArray &text, const QString &file);
Result<QJsonObject> readJsonFile(const QString &file);

// Indented, with the keys of our files in the order in which people read them.
QByteArray jsonText(const QJsonObject &object);

// Where the members of the outermost object stand in a text that parses.
struct JsonMember
{
    QString key;
    qsizetype begin = 0; // of the key's quote
    qsizetype end = 0; // past the value
};
QList<JsonMember> topMembers(const QByteArray &text);

// Replaces a file at once or not at all. isPrivate: 0600; else a file that is there keeps its permissions.
// FileUnwritable, DiskFull.
Result<void> replaceFile(const QString &file, const QByteArray &text, bool isPrivate);

} // namespace tidemark
