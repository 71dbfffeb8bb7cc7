// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of window and command line is translated, and keeps its placeholders.

#include <QDir>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

struct Message
{
    QString context;
    QString where; // file:line
    QString source;
    QString state; // the translation's type attribute: empty, unfinished, vanished, obsolete
    QStringList translations; // one, or one a plural form
    bool plural = false;
};

Message readMessage(QXmlStreamReader &xml)
{
    Message message;
    message.plural = xml.attributes().value("numerus"_L1) == "yes"_L1;
    while (xml.readNextStartElement()) {
        if (xml.name() == "location"_L1) {
            if (message.where.isEmpty())
                message.where = xml.attributes().value("filename"_L1) + u':' + xml.attributes().value("line"_L1);
            xml.skipCurrentElement();
        } else if (xml.name() == "source"_L1) {
            message.source = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        } else if (xml.name() == "translation"_L1) {
            message.state = xml.attributes().value("type"_L1).toString();
            if (!message.plural) {
                message.translations += xml.readElementText(QXmlStreamReader::IncludeChildElements);
                continue;
            }
            while (xml.readNextStartElement())
                message.translations += xml.readElementText(QXmlStreamReader::IncludeChildElements);
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> readMessages(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Message> messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1) {
            context = xml.readElementText();
        } else if (xml.name() == "message"_L1) {
            messages += readMessage(xml);
            messages.last().context = context;
        }
    }
    return messages;
}

// %1, %L2, %n and {name} of a text.
QStringList placeholders(const QString &text)
{
    static const QRegularExpression placeholder(u"%L?[0-9]+|%n|\\{[a-z]+\\}"_s);
    QStringList found;
    for (auto it = placeholder.globalMatch(text); it.hasNext();)
        found += it.next().captured().remove(u'L');
    found.removeDuplicates();
    found.sort();
    return found;
}

QString fault(const Message &message)
{
    if (message.state == "unfinished"_L1)
        return u"is not translated"_s;
    if (!message.state.isEmpty())
        return u"is translated, but in no source any more"_s;
    for (const QString &translation : message.translations) {
        if (translation.isEmpty())
            return u"has an empty translation"_s;
        QStringList wanted = placeholders(message.source);
        QStringList found = placeholders(translation);
        // A plural form may say the number in words.
        if (message.plural) {
            wanted.removeAll(u"%n"_s);
            found.removeAll(u"%n"_s);
        }
        if (wanted != found)
            return u"has other placeholders than its translation \"%1\""_s.arg(translation);
    }
    return message.translations.isEmpty() ? u"is not translated"_s : QString();
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = qEnvironmentVariable("TIDEMARK_SOURCE_DIR");
        m_lupdate = qEnvironmentVariable("TIDEMARK_LUPDATE");
        QVERIFY2(QFile::exists(m_root + u"/LICENSE"_s), "TIDEMARK_SOURCE_DIR must name the source folder");
        QVERIFY2(QFile::exists(m_lupdate), "TIDEMARK_LUPDATE must name lupdate (package qt6-l10n-tools)");
    }

    void faults_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QStringList>("translations");
        QTest::addColumn<bool>("plural");
        QTest::addColumn<bool>("faulty");

        QTest::newRow("translated") << u"%1 of %L2"_s << QString() << QStringList{u"%2 中的 %1"_s} << false << false;
        QTest::newRow("unfinished") << u"Row"_s << u"unfinished"_s << QStringList{u"行"_s} << false << true;
        QTest::newRow("vanished") << u"Row"_s << u"vanished"_s << QStringList{u"行"_s} << false << true;
        QTest::newRow("empty") << u"Row"_s << QString() << QStringList{QString()} << false << true;
        QTest::newRow("none") << u"Row"_s << QString() << QStringList() << false << true;
        QTest::newRow("lost placeholder") << u"%1 of %2"_s << QString() << QStringList{u"%1"_s} << false << true;
        QTest::newRow("lost name") << u"No {table}"_s << QString() << QStringList{u"没有"_s} << false << true;
        QTest::newRow("plural") << u"%n rows in %1"_s << QString() << QStringList{u"%1 中一行"_s} << true << false;
    }

    void faults()
    {
        QFETCH(QString, source);
        QFETCH(QString, state);
        QFETCH(QStringList, translations);
        QFETCH(bool, plural);
        QFETCH(bool, faulty);
        const Message message{{}, {}, source, state, translations, plural};
        QCOMPARE(!fault(message).isEmpty(), faulty);
    }

    // lupdate on a copy shows what the file lacks, and what it keeps in vain.
    void everyTextIsTranslated_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("简体中文") << u"zh_CN"_s;
    }

    void everyTextIsTranslated()
    {
        QFETCH(QString, language);
        const QString name = u"tidemark_%1.ts"_s.arg(language);
        QTemporaryDir folder;
        // Beside the sources by depth, so that lupdate's relative places come out as absolute ones only once.
        const QString copy = folder.filePath(name);
        QVERIFY2(QFile::copy(m_root + u"/translations/"_s + name, copy),
                 qPrintable(
                     u"translations/%1 is missing; make it with: lupdate app ui core -ts translations/%1"_s.arg(name)));

        QProcess lupdate;
        lupdate.setWorkingDirectory(m_root);
        lupdate.start(m_lupdate,
                      // -I finds the headers, and with them the namespaces that the contexts bear at run time.
                      {u"-I"_s, u"."_s, u"-locations"_s, u"absolute"_s, u"-extensions"_s, u"cpp,h"_s, u"app"_s, u"ui"_s,
                       u"core"_s, u"-ts"_s, copy});
        QVERIFY(lupdate.waitForFinished(120'000));
        const QString said = QString::fromUtf8(lupdate.readAllStandardError());
        QVERIFY2(lupdate.exitCode() == 0, qPrintable(said));
        QVERIFY2(said.isEmpty(), qPrintable(u"lupdate loses texts here:\n"_s + said));

        const QList<Message> messages = readMessages(copy);
        QStringList list;
        for (const Message &message : messages) {
            const QString why = fault(message);
            if (why.isEmpty())
                continue;
            const QString place = QDir(m_root).relativeFilePath(QDir::cleanPath(folder.filePath(message.where)));
            list += u"%1: %2: \"%3\" %4"_s.arg(message.where.isEmpty() ? u"translations/"_s + name : place,
                                               message.context, message.source, why);
        }
        QVERIFY2(!messages.isEmpty(), "not one text was found");
        QVERIFY2(
            list.isEmpty(),
            qPrintable(u"\n%1\nmend it with: lupdate -no-obsolete app ui core -ts translations/%2, and translate"_s.arg(
                list.join(u'\n'), name)));
    }

private:
    QString m_root;
    QString m_lupdate;
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
