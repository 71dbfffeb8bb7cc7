// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QThread>

#include "ui/connections/passwordasker.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestPasswordAsker : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersAWorker();
    void asksOncePerConnection();
    void cancelIsAnAnswer();
    void closingFreesThoseWhoWait();
    void forgetsWhenTold();

private:
    static QDialog *dialog();
};

static ConnectionSettings connection(const QString &name)
{
    ConnectionSettings settings;
    settings.name = name;
    settings.driver = Driver::Postgres;
    settings.user = u"app"_s;
    return settings;
}

QDialog *TestPasswordAsker::dialog()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->objectName() == u"passwordDialog" && widget->isVisible())
            return qobject_cast<QDialog *>(widget);
    }
    return nullptr;
}

struct Asking
{
    explicit Asking(PasswordAsker &asker, const QString &name)
    {
        thread.reset(QThread::create([this, &asker, name] { answer = asker.ask(connection(name)); }));
        thread->start();
    }
    ~Asking() { thread->wait(); }
    std::unique_ptr<QThread> thread;
    std::optional<Result<Secret>> answer;
};

void TestPasswordAsker::answersAWorker()
{
    PasswordAsker asker;
    Asking asking(asker, u"shop"_s);
    QTRY_VERIFY(dialog());
    auto *field = dialog()->findChild<QLineEdit *>();
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QTest::keyClicks(field, u"s3cret"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(asking.thread->isFinished());
    QVERIFY(asking.answer && *asking.answer);
    QCOMPARE((*asking.answer)->bytes(), QByteArray("s3cret"));
    QTRY_VERIFY(!dialog());
}

void TestPasswordAsker::asksOncePerConnection()
{
    PasswordAsker asker;
    Asking first(asker, u"shop"_s);
    Asking second(asker, u"shop"_s);
    QTRY_VERIFY(dialog());
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(), u"x"_s);
    QTest::keyClick(dialog()->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_VERIFY(first.thread->isFinished() && second.thread->isFinished());
    QCOMPARE((*second.answer)->bytes(), QByteArray("x"));
    QTRY_VERIFY(!dialog());
    // A third one has the answer at once.
    Asking third(asker, u"shop"_s);
    QTRY_VERIFY(third.thread->isFinished());
    QVERIFY(!dialog());
}

void TestPasswordAsker::cancelIsAnAnswer()
{
    PasswordAsker asker;
    Asking asking(asker, u"shop"_s);
    QTRY_VERIFY(dialog());
    QTest::mouseClick(dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Cancel), Qt::LeftButton);
    QTRY_VERIFY(asking.thread->isFinished());
    QVERIFY(!*asking.answer);
    QCOMPARE(asking.answer->error().code, ErrorCode::PasswordMissing);
}

void TestPasswordAsker::closingFreesThoseWhoWait()
{
    PasswordAsker asker;
    Asking asking(asker, u"shop"_s);
    QTRY_VERIFY(dialog());
    asker.close();
    QTRY_VERIFY(asking.thread->isFinished());
    QCOMPARE(asking.answer->error().code, ErrorCode::PasswordMissing);
    delete dialog();
}

void TestPasswordAsker::forgetsWhenTold()
{
    PasswordAsker asker;
    {
        Asking asking(asker, u"shop"_s);
        QTRY_VERIFY(dialog());
        QTest::keyClick(dialog()->findChild<QLineEdit *>(), Qt::Key_Return);
        QTRY_VERIFY(asking.thread->isFinished());
    }
    QTRY_VERIFY(!dialog());
    asker.forget();
    Asking again(asker, u"shop"_s);
    QTRY_VERIFY(dialog());
    QTest::keyClick(dialog()->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_VERIFY(again.thread->isFinished());
}

QTEST_MAIN(TestPasswordAsker)
#include "tst_passwordasker.moc"
