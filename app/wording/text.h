// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include "app/wording/wording.h"

namespace tidemark::wording {

// The translation context of this room.
class Wording
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

// An error's facts, safe to show.
class Facts
{
public:
    explicit Facts(const Error &error) : m_error(error) { }
    bool has(Fact fact) const { return !m_error.facts.value(fact).isEmpty(); }
    bool has(Fact a, Fact b) const { return has(a) && has(b); }
    QString operator[](Fact fact) const { return safeText(m_error.facts.value(fact)); }
    const QString &raw(Fact fact) const { return *m_error.facts.constFind(fact); }
    // "jobs/a.json, line 3:14, tables[0].key"; "shop"; "orders.note": the parts that are known.
    QString filePlace() const;
    QString side() const; // the connection's name, else host and database; never empty
    QString server() const; // host and port, else the connection
    QString table() const; // "shop: orders", "orders"
    QString cell() const; // "orders.note (id = 3)"

private:
    const Error &m_error;
};

QString sentences(const QString &first, const QString &second); // side by side; the second may be empty
bool isWindow(); // the text is read in the window, not on the command line
// What a remedy tells to set: on the command line the key of the file, in the window the field that people see.
QString setting(QLatin1StringView key);
QString expected(const QString &alternatives); // of JsonReader: "text | list" in the user's words

// One a group of codes; false: not of this group.
bool wordFile(const Error &error, Message &message);
bool wordJob(const Error &error, Message &message);
bool wordConnection(const Error &error, Message &message);
bool wordSchema(const Error &error, Message &message);
bool wordRow(const Error &error, Message &message);
bool wordUndo(const Error &error, Message &message);
bool wordAfterRun(const Error &error, Message &message);
bool wordTransient(const Error &error, Message &message);
bool wordHttp(const Error &error, Message &message);
Message queueNotAvailable(const Facts &facts); // Fact::Option: "queue-…"
Message httpNotAvailable(const Facts &facts); // Fact::Option: "http-…"

} // namespace tidemark::wording
