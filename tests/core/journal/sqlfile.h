// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

#include <sqlite3.h>

namespace tidemark {

// What somebody else does to one of our files.
inline void sql(const QString &file, const char *text)
{
    sqlite3 *handle = nullptr;
    QCOMPARE(sqlite3_open(file.toUtf8().constData(), &handle), SQLITE_OK);
    char *words = nullptr;
    const int code = sqlite3_exec(handle, text, nullptr, nullptr, &words);
    QVERIFY2(code == SQLITE_OK, words);
    sqlite3_close(handle);
}

} // namespace tidemark
