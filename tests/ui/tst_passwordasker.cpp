// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QThread>

#include "tests/ui/support/fakekeychain.h"
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
    void closingItsWindowIsAnAnswer();
    void oddNamesAreHarmless();
    void forgetsWhenTold();
    void remembersWhenTicked();
    void storesWhereTheKeychainHadNone();
    void saysThatTheKeychainIsLocked();
    void canBeAnsweredAboveAModalDialog();

private:
    static QDialog *dialog() { return qobject_cast<QDialog *>(window(u"passwordDialog"_s)); }
    static QWidget *window(const QString &name);
};

static ConnectionSettings connection(const QString &name, PasswordSource::Kind kind = PasswordSource::Kind::Ask)
{
    ConnectionSettings settings;
    settings.password = {kind, kind == PasswordSource::Kind::Keychain ? name : QString()};
    settings.name = name;
    settings.driver = Driver::Postgres;
    settings.user = u"app"_s;
    return settings;
}

QWidget *TestPasswordAsker::window(const QString &name)
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *widget : windows) {
        if (widget->objectName() == name && widget->isVisible())
            return widget;
    }
    return nullptr;
}

struct Asking
{
    explicit Asking(PasswordAsker &asker, const QString &name, PasswordSource::Kind kind = PasswordSource::Kind::Ask)
    {
        thread.reset(QThread::create([this, &asker, name, kind] { answer = asker.ask(connection(name, kind)); }));
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
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(), u"x"_s);
    auto *cancel = dialog()->findChild<QPushButton *>(u"cancel"_s);
    cancel->setFocus(Qt::TabFocusReason);
    QTest::keyClick(cancel, Qt::Key_Return); // this button, not the default one
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
    QVERIFY(!dialog()); // nobody would take its answer
    Asking late(asker, u"other"_s);
    QTRY_VERIFY(late.thread->isFinished());
    QCoreApplication::processEvents();
    QVERIFY(!dialog());
}

// The window that asked goes first.
void TestPasswordAsker::closingItsWindowIsAnAnswer()
{
    PasswordAsker asker;
    auto window = std::make_unique<QWidget>();
    window->show();
    asker.setWindow(window.get());
    QTRY_VERIFY(window->isActiveWindow());
    Asking asking(asker, u"shop"_s);
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->parentWidget(), window.get());
    window.reset();
    QTRY_VERIFY(asking.thread->isFinished());
    QCOMPARE(asking.answer->error().code, ErrorCode::PasswordMissing);
}

void TestPasswordAsker::oddNamesAreHarmless()
{
    PasswordAsker asker;
    const QString name = u"<b>a</b> &b \"q\"\n\u202egnp مرحبا"_s;
    Asking asking(asker, name);
    QTRY_VERIFY(dialog());
    bool named = false;
    for (const QLabel *label : dialog()->findChildren<QLabel *>()) {
        QVERIFY(label->textFormat() == Qt::PlainText || !label->text().contains(u'<'));
        QVERIFY(!label->text().contains(QChar(0x202e)) && !label->text().contains(u'\n'));
        named = named || (label->text().contains(u"<b>a</b> &&b"_s) && label->text().contains(u"مرحبا"_s));
    }
    QVERIFY(named);
    QTest::keyClick(dialog()->findChild<QLineEdit *>(), Qt::Key_Escape);
    QTRY_VERIFY(asking.thread->isFinished());
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

void TestPasswordAsker::remembersWhenTicked()
{
    PasswordAsker asker;
    {
        Asking asking(asker, u"shop"_s);
        QTRY_VERIFY(dialog());
        QTest::keyClicks(dialog()->findChild<QLineEdit *>(), u"kept"_s);
        auto *keep = dialog()->findChild<QCheckBox *>();
        QVERIFY(!keep->isChecked());
        QTest::keyClick(keep, Qt::Key_Space);
        QTest::keyClick(dialog()->findChild<QLineEdit *>(), Qt::Key_Return);
        QTRY_VERIFY(asking.thread->isFinished());
    }
    QTRY_VERIFY(!dialog());
    asker.forget();
    {
        Asking again(asker, u"shop"_s);
        QTRY_VERIFY(again.thread->isFinished());
        QCOMPARE((*again.answer)->bytes(), QByteArray("kept"));
    }
    asker.forgetRefused(u"shop"_s); // the server did not take it: asked anew
    Asking third(asker, u"shop"_s);
    QTRY_VERIFY(dialog());
    QTest::keyClick(dialog()->findChild<QLineEdit *>(), Qt::Key_Escape);
    QTRY_VERIFY(third.thread->isFinished());
}

void TestPasswordAsker::storesWhereTheKeychainHadNone()
{
    auto keychain = std::make_shared<FakeKeychain>();
    PasswordAsker asker(nullptr, keychain);
    Asking asking(asker, u"shop"_s, PasswordSource::Kind::Keychain);
    QTRY_VERIFY(dialog());
    QVERIFY(dialog()->findChild<QCheckBox *>()->isChecked());
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(), u"s3cret"_s);
    QTest::keyClick(dialog()->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_VERIFY(asking.thread->isFinished());
    QCOMPARE((*asking.answer)->bytes(), QByteArray("s3cret"));
    QCOMPARE(keychain->entry(u"shop"_s), QByteArray("s3cret"));
}

void TestPasswordAsker::saysThatTheKeychainIsLocked()
{
    auto keychain = std::make_shared<FakeKeychain>();
    keychain->setLocked(true);
    PasswordAsker asker(nullptr, keychain);
    Asking asking(asker, u"shop"_s, PasswordSource::Kind::Keychain);
    QTRY_VERIFY(dialog());
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(), u"s3cret"_s);
    QTest::keyClick(dialog()->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_VERIFY(asking.thread->isFinished());
    QCOMPARE((*asking.answer)->bytes(), QByteArray("s3cret")); // used all the same
    QTRY_VERIFY(window(u"notStoredBox"_s));
    QTest::keyClick(window(u"notStoredBox"_s), Qt::Key_Escape);
    QTRY_VERIFY(!window(u"notStoredBox"_s));
}

void TestPasswordAsker::canBeAnsweredAboveAModalDialog()
{
    QWidget main;
    main.show();
    QDialog modal(&main);
    modal.open();
    PasswordAsker asker;
    asker.setWindow(&main);
    Asking asking(asker, u"shop"_s);
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->parentWidget(), &modal);
    QTest::keyClick(dialog()->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_VERIFY(asking.thread->isFinished());
    QVERIFY(*asking.answer);
}

QTEST_MAIN(TestPasswordAsker)
#include "tst_passwordasker.moc"
