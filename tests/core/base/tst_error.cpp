// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSet>
#include <QTest>

#include "core/base/result.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

// The contract of --json: every name and exit code as they were published. A line is added for a new code, none
// changes.
struct Published
{
    const char *name;
    int exit;
};

constexpr Published published[]{
    {"usage", 4},
    {"not-available", 4},
    {"file-not-found", 4},
    {"file-unreadable", 4},
    {"file-unwritable", 4},
    {"is-a-directory", 4},
    {"not-json", 4},
    {"unknown-key", 4},
    {"missing-key", 4},
    {"wrong-type", 4},
    {"wrong-value", 4},
    {"duplicate-name", 4},
    {"no-such-connection", 4},
    {"no-such-job", 4},
    {"password-in-clear", 4},
    {"password-exposed", 4},
    {"password-missing", 4},
    {"wrong-password", 4},
    {"no-such-database", 4},
    {"not-a-database", 4},
    {"database-damaged", 4},
    {"no-rights", 4},
    {"read-only", 4},
    {"tls-name", 4},
    {"tls-untrusted", 4},
    {"tls-unavailable", 4},
    {"keychain-unavailable", 4},
    {"ssh-host-key", 4},
    {"ssh-auth", 4},
    {"ssh-forward-refused", 4},
    {"ssh-unavailable", 4},
    {"server-too-old", 4},
    {"no-such-table", 4},
    {"no-such-column", 4},
    {"ambiguous-name", 4},
    {"nothing-matched", 4},
    {"no-key", 4},
    {"key-not-unique", 4},
    {"key-unusable", 4},
    {"types-incompatible", 4},
    {"where-invalid", 4},
    {"same-table", 4},
    {"non-transactional", 4},
    {"row-security", 4},
    {"schema-changed", 4},
    {"plan-outdated", 4},
    {"workspace-newer", 4},
    {"untrusted", 4},
    {"no-such-run", 4},
    {"undone-already", 4},
    {"undo-missing", 4},
    {"undo-outdated", 4},
    {"undo-load-changed", 4},
    {"protocol-unknown", 4},
    {"sql-refused", 4},
    {"request-refused", 4},
    {"answer-too-large", 4},
    {"value-not-kept", 1},
    {"value-too-long", 1},
    {"value-out-of-range", 1},
    {"not-null-violated", 1},
    {"check-violated", 1},
    {"foreign-key-violated", 1},
    {"unique-violated", 1},
    {"key-collision", 1},
    {"host-not-found", 2},
    {"unreachable", 2},
    {"ssh-unreachable", 2},
    {"timeout", 2},
    {"connection-lost", 2},
    {"server-closing", 2},
    {"too-many-connections", 2},
    {"deadlock", 2},
    {"serialization-failure", 2},
    {"lock-timeout", 2},
    {"disk-full", 2},
    {"input-output", 2},
    {"lock-lost", 2},
    {"broken-stream", 2},
    {"rate-limited", 2},
    {"service-failed", 2},
    {"page-unusable", 2},
    {"interrupted", 2},
    {"commit-in-doubt", 2},
    {"keychain-locked", 2},
    {"command-failed", 2},
    {"web-hook-refused", 2},
    {"busy", 5},
    {"cancelled", 3},
    {"internal", 2},
};

Result<int> halved(int value)
{
    if (value % 2 != 0)
        return fail(ErrorCode::WrongValue, u"odd"_s);
    return value / 2;
}

Result<int> quartered(int value)
{
    TRY(halved(value));
    TRY_ASSIGN(const int half, halved(value));
    return halved(half);
}

} // namespace

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAndExitCodesAreStable();
    void classesOfErrors();
    void factsHaveNames();
    void factsAreKept();
    void triesLeaveWithTheError();
};

void TestError::namesAndExitCodesAreStable()
{
    int index = 0;
    for (const Published &expected : published) {
        const auto code = static_cast<ErrorCode>(index++);
        QCOMPARE(codeName(code), QString::fromLatin1(expected.name));
        QCOMPARE(exitCode(code), expected.exit);
    }
    QCOMPARE(index, static_cast<int>(ErrorCode::Internal) + 1); // a new code is published here too
}

void TestError::classesOfErrors()
{
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        const Error error{code, {}, {}};
        // A keychain is opened by a person: no retry does it; nor is a run tried again for what was to follow it.
        const bool waits = code == ErrorCode::Internal || code == ErrorCode::KeychainLocked
            || code == ErrorCode::CommandFailed || code == ErrorCode::WebHookRefused;
        QCOMPARE(error.isTransient(), exitCode(code) == 2 && !waits);
        QCOMPARE(error.isRowFault(), exitCode(code) == 1);
    }
}

void TestError::factsHaveNames()
{
    QSet<QString> names;
    for (int i = 0; i <= static_cast<int>(Fact::Sql); ++i)
        names.insert(factName(static_cast<Fact>(i)));
    QCOMPARE(names.size(), static_cast<int>(Fact::Sql) + 1);
    QCOMPARE(factName(Fact::JsonPath), u"jsonPath"_s);
    QCOMPARE(factName(Fact::Connection), u"connection"_s);
    QVERIFY(!names.contains(QString()));
}

void TestError::factsAreKept()
{
    Error error{ErrorCode::NoSuchTable, {}, {}};
    error.with(Fact::Table, u"orders"_s);
    const Error moved = Error(error).with(Fact::Database, u"shop"_s);
    QCOMPARE(moved.facts.value(Fact::Table), u"orders"_s);
    QCOMPARE(moved.facts.value(Fact::Database), u"shop"_s);
    QVERIFY(moved != error);
}

void TestError::triesLeaveWithTheError()
{
    QCOMPARE(quartered(8).value(), 2);
    QCOMPARE(quartered(3).error().code, ErrorCode::WrongValue);
    QCOMPARE(quartered(6).error().detail, u"odd"_s);
}

QTEST_APPLESS_MAIN(TestError)
#include "tst_error.moc"
