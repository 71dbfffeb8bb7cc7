// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/testmemory.h"

#include <algorithm>

#include <QCryptographicHash>
#include <QJsonDocument>

#include "core/config/jsontext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qint64 lastSecond = 253'402'300'799; // of the year 9999: beyond it nothing can be shown
static constexpr qsizetype serverLength = 200;

TestMemory::TestMemory(const QString &folder) : m_file(folder + "/connection-tests.json"_L1) { }

QByteArray TestMemory::digest(const ConnectionSettings &settings)
{
    ConnectionSettings same = settings;
    same.name.clear();
    same.production = false;
    const QByteArray text = QJsonDocument(connectionToJson(same)).toJson(QJsonDocument::Compact);
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(16);
}

static std::optional<ErrorCode> codeNamed(const QString &name)
{
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        if (codeName(static_cast<ErrorCode>(code)) == name)
            return static_cast<ErrorCode>(code);
    }
    return std::nullopt;
}

QMap<QByteArray, TestResult> TestMemory::load() const
{
    QMap<QByteArray, TestResult> results;
    const auto json = readJsonFile(m_file);
    if (!json)
        return results;
    for (auto at = json->constBegin(); at != json->constEnd(); ++at) {
        const QJsonObject object = at->toObject();
        TestResult result;
        result.atUs = std::clamp<qint64>(object.value("at"_L1).toInteger(), 0, lastSecond) * 1'000'000;
        result.server = object.value("server"_L1).toString().left(serverLength);
        if (object.contains("error"_L1))
            result.error = codeNamed(object.value("error"_L1).toString()).value_or(ErrorCode::Internal);
        results.insert(at.key().toLatin1(), result);
    }
    return results;
}

void TestMemory::remember(const ConnectionSettings &tested, const TestResult &result,
                          const QList<ConnectionSettings> &known) const
{
    const QJsonObject before = readJsonFile(m_file).value_or(QJsonObject());
    QJsonObject all;
    for (const ConnectionSettings &settings : known) {
        const QString key = QString::fromLatin1(digest(settings));
        if (before.contains(key))
            all.insert(key, before.value(key));
    }
    QJsonObject object{{u"at"_s, result.atUs / 1'000'000}};
    if (!result.server.isEmpty())
        object.insert("server"_L1, result.server.left(serverLength));
    if (result.error)
        object.insert("error"_L1, codeName(*result.error));
    all.insert(QString::fromLatin1(digest(tested)), object);
    (void)replaceFile(m_file, jsonText(all), true);
}

} // namespace tidemark
