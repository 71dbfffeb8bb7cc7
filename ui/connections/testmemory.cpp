// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/testmemory.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include "core/config/jsontext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

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

QMap<QString, TestResult> TestMemory::load() const
{
    QMap<QString, TestResult> results;
    const auto json = readJsonFile(m_file);
    if (!json)
        return results;
    for (auto at = json->constBegin(); at != json->constEnd(); ++at) {
        const QJsonObject object = at->toObject();
        TestResult result;
        result.atUs = object.value("at"_L1).toInteger() * 1'000'000;
        result.of = object.value("of"_L1).toString().toLatin1();
        result.server = object.value("server"_L1).toString();
        if (object.contains("error"_L1))
            result.error = codeNamed(object.value("error"_L1).toString()).value_or(ErrorCode::Internal);
        results.insert(at.key(), result);
    }
    return results;
}

void TestMemory::remember(const ConnectionSettings &settings, const TestResult &result) const
{
    QJsonObject all = readJsonFile(m_file).value_or(QJsonObject());
    QJsonObject object{{u"at"_s, result.atUs / 1'000'000}, {u"of"_s, QString::fromLatin1(result.of)}};
    if (!result.server.isEmpty())
        object.insert("server"_L1, result.server);
    if (result.error)
        object.insert("error"_L1, codeName(*result.error));
    all.insert(settings.name, object);
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(all).toJson());
    file.commit();
}

} // namespace tidemark
