// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <QStringList>
#include <QTest>

#include "core/base/blockingcall.h"

using namespace tidemark;

static QStringList s_heard;

// Only the thread that has itself watched is told of, and only while it is.
class TestBlockingCall : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsOfTheWatchedThreadAlone()
    {
        BlockingCall::watchThisThread([](const char *what) { s_heard << QString::fromLatin1(what); });
        const BlockingCall here("here");
        std::thread([] { const BlockingCall there("there"); }).join();
        QCOMPARE(s_heard, QStringList(QStringLiteral("here")));
        BlockingCall::watchThisThread(nullptr);
        const BlockingCall later("later");
        QCOMPARE(s_heard.size(), 1);
    }
};

QTEST_APPLESS_MAIN(TestBlockingCall)
#include "tst_blockingcall.moc"
