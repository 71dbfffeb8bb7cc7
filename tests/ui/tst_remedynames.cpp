// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QComboBox>
#include <QLabel>
#include <QRegularExpression>
#include <QTabWidget>

#include "app/wording/text.h"
#include "tests/ui/support/connecting.h"
#include "tests/ui/support/jobstage.h"
#include "ui/connections/connectiondialog.h"
#include "ui/jobs/editorproblems.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What a message tells to set, the window calls as its fields are called; the keys of files are for the command line.
class TestRemedyNames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noKeyOfAFileIsNamed_data();
    void noKeyOfAFileIsNamed();
    void remedies_data();
    void remedies();
    void theFieldsAreThere_data();
    void theFieldsAreThere();
};

void TestRemedyNames::noKeyOfAFileIsNamed_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << u"en"_s;
    QTest::newRow("简体中文") << u"zh_CN"_s;
}

void TestRemedyNames::noKeyOfAFileIsNamed()
{
    QFETCH(QString, language);
    wording::useLanguage(language);
    static const QRegularExpression key(u"\"[A-Za-z]+\"|\\btls\\.[a-z]+|nobody is here|in a terminal"_s);
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        // A password in clear stands in a file; what to write there instead is said in its terms.
        if (static_cast<ErrorCode>(code) == ErrorCode::PasswordInClear)
            continue;
        for (int fact = -1; fact <= static_cast<int>(Fact::Sql); ++fact) {
            Error error{static_cast<ErrorCode>(code), {}, {}};
            if (fact >= 0)
                error.with(static_cast<Fact>(fact), u"x"_s);
            if (error.code == ErrorCode::SshHostKey) // names ssh itself
                continue;
            const wording::Message message = wording::message(error);
            QVERIFY2(!QString(message.what + message.next).contains(key), qPrintable(message.what + message.next));
        }
    }
    wording::useLanguage(u"en"_s);
}

void TestRemedyNames::remedies_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("next");
    const auto row = [](const Error &error, const QString &next) {
        QTest::newRow(qPrintable(codeName(error.code) + error.facts.value(Fact::Option))) << error << next;
    };
    const Error untrusted{ErrorCode::TlsUntrusted, {}, {}};
    row(untrusted,
        u"Name the authority that signed it (“Authority”), or pin the certificate (“Pinned certificate”)."_s);
    row(Error(untrusted).with(Fact::Option, u"tls.cert"_s),
        u"Name the user's certificate and its key (“Own certificate”, “Its key”)."_s);
    row(Error{ErrorCode::TlsUnavailable, {}, {}},
        u"Switch TLS on at the server. The mode “Off” sends everything in clear."_s);
    row(Error{ErrorCode::TooManyConnections, {}, {}},
        u"Run it again later, or with fewer tables at a time (“Tables at once”)."_s);
    row(Error{ErrorCode::NoKey, {}, {}}, u"Tick the columns in the job that identify a row."_s);
    row(Error{ErrorCode::PasswordMissing, {}, {}}, u"Start again and enter it, or store it in the connection."_s);
}

void TestRemedyNames::remedies()
{
    QFETCH(Error, error);
    wording::useLanguage(u"en"_s);
    QTEST(wording::message(error).next, "next");
}

// Of a window and all of its pages: labels, boxes and what combo boxes offer.
static QStringList textsOf(QWidget &window)
{
    QStringList texts;
    const QList<QLabel *> labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts << person::plain(label->text());
    const QList<QAbstractButton *> buttons = window.findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons)
        texts << person::plain(button->text());
    const QList<QComboBox *> boxes = window.findChildren<QComboBox *>();
    for (const QComboBox *box : boxes) {
        for (int i = 0; i < box->count(); ++i)
            texts << box->itemText(i);
    }
    const QList<QTabWidget *> tabs = window.findChildren<QTabWidget *>();
    for (const QTabWidget *tab : tabs) {
        for (int i = 0; i < tab->count(); ++i)
            texts << person::plain(tab->tabText(i));
    }
    return texts;
}

void TestRemedyNames::theFieldsAreThere_data() { noKeyOfAFileIsNamed_data(); }

void TestRemedyNames::theFieldsAreThere()
{
    QFETCH(QString, language);
    connecting::Place place;
    const JobStage stage;
    wording::useLanguage(language);
    const auto connection = place.open(connecting::full());
    const auto job = stage.open(u"Till → Report copy"_s);
    const QStringList ofConnection = textsOf(*connection), ofJob = textsOf(*job);
    const auto there = [](const QStringList &texts, const QString &name) {
        static const QRegularExpression suffix(u"( \\(CA\\)|（CA）)?[:：]?$"_s);
        const QString field = name.mid(1, name.size() - 2); // without “”
        return std::any_of(texts.begin(), texts.end(), [&field](QString text) { return text.remove(suffix) == field; });
    };
    for (const QLatin1StringView key : {"tls.ca"_L1, "tls.cert"_L1, "tls.key"_L1, "tls.pin"_L1, "\"disable\""_L1}) {
        const QString name = wording::setting(key);
        QVERIFY2(there(ofConnection, name), qPrintable(name + u" not in "_s + ofConnection.join(u'|')));
    }
    for (const QLatin1StringView key :
         {"\"parallel\""_L1, "\"create\": true"_L1, "\"where\""_L1, "\"allowNonTransactional\": true"_L1}) {
        const QString name = wording::setting(key);
        QVERIFY2(there(ofJob, name), qPrintable(name + u" not in "_s + ofJob.join(u'|')));
    }
    wording::useLanguage(u"en"_s);
}

QTEST_MAIN(TestRemedyNames)
#include "tst_remedynames.moc"
