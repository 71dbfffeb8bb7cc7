// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/blockingcall.h"
#include "core/config/jsontext.h"

#include <algorithm>
#include <cerrno>

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include "core/config/jsonscanner.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

QByteArray withoutMark(const QByteArray &text) { return text.startsWith("\xef\xbb\xbf") ? text.sliced(3) : text; }

// "3:14", both counted from 1, the column in characters.
QString position(const QByteArray &text, qsizetype offset)
{
    const QByteArray before = text.first(std::clamp<qsizetype>(offset, 0, text.size()));
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    const qsizetype column = QString::fromUtf8(before.sliced(lineStart)).size() + 1;
    return QString::number(before.count('\n') + 1) + u':' + QString::number(column);
}

// The keys of our files, as people read them; others follow in their own order.
int rank(const QString &key)
{
    static const QStringList order{
        u"tidemark"_s, u"id"_s,       u"name"_s,        u"description"_s, u"enabled"_s,    u"driver"_s, u"host"_s,
        u"port"_s,     u"database"_s, u"schema"_s,      u"user"_s,        u"password"_s,   u"tls"_s,    u"timeout"_s,
        u"readOnly"_s, u"source"_s,   u"target"_s,      u"mode"_s,        u"create"_s,     u"by"_s,     u"column"_s,
        u"key"_s,      u"columns"_s,  u"columnsOnly"_s, u"where"_s,       u"checkpoint"_s, u"detect"_s, u"deletes"_s,
        u"guard"_s,    u"compare"_s,  u"tables"_s,      u"batch"_s,       u"transaction"_s};
    const qsizetype index = order.indexOf(key);
    return static_cast<int>(index < 0 ? order.size() : index);
}

QByteArray scalar(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

void write(const QJsonValue &value, const QByteArray &indent, QByteArray &out)
{
    const QByteArray inner = indent + "  ";
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        const bool isFlat = std::none_of(array.begin(), array.end(),
                                         [](const QJsonValue &item) { return item.isArray() || item.isObject(); });
        out += '[';
        for (qsizetype i = 0; i < array.size(); ++i) {
            out += i == 0 ? "" : (isFlat ? ", " : ",");
            if (!isFlat)
                out += '\n' + inner;
            write(array[i], inner, out);
        }
        out += isFlat ? QByteArray("]") : '\n' + indent + ']';
        return;
    }
    if (!value.isObject()) {
        out += scalar(value);
        return;
    }
    const QJsonObject object = value.toObject();
    QStringList keys = object.keys();
    std::stable_sort(keys.begin(), keys.end(), [](const QString &a, const QString &b) { return rank(a) < rank(b); });
    out += '{';
    for (qsizetype i = 0; i < keys.size(); ++i) {
        out += (i == 0 ? "\n" : ",\n") + inner + scalar(keys[i]) + ": ";
        write(object.value(keys[i]), inner, out);
    }
    out += keys.isEmpty() ? QByteArray("}") : '\n' + indent + '}';
}

} // namespace

Result<QByteArray> readFile(const QString &file)
{
    const BlockingCall call("reading a file of the workspace");
    const QFileInfo info(file);
    if (info.isDir())
        return fail(Error{ErrorCode::IsADirectory, {}, {}}.with(Fact::File, file));
    if (!info.exists())
        return fail(Error{ErrorCode::FileNotFound, {}, {}}.with(Fact::File, file));
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        return fail(Error{ErrorCode::FileUnreadable, {}, device.errorString()}.with(Fact::File, file));
    // One byte more than is allowed, so that a device that never ends is noticed too.
    const QByteArray bytes = device.read(maxJsonBytes + 1);
    if (device.error() != QFileDevice::NoError)
        return fail(Error{ErrorCode::FileUnreadable, {}, device.errorString()}.with(Fact::File, file));
    if (bytes.size() > maxJsonBytes) {
        return fail(Error{ErrorCode::WrongValue, {}, {}}
                        .with(Fact::File, file)
                        .with(Fact::Expected, u"<= 16MiB"_s)
                        .with(Fact::Found, u"> 16MiB"_s));
    }
    return bytes;
}

Result<QJsonObject> parseJson(const QByteArray &bytes, const QString &file)
{
    const QByteArray text = withoutMark(bytes);
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(text, &parseError);
    if (parseError.error != QJsonParseError::NoError) {
        return fail(Error{ErrorCode::NotJson, {}, parseError.errorString()}
                        .with(Fact::File, file)
                        .with(Fact::Line, position(text, parseError.offset)));
    }
    if (!document.isObject()) {
        return fail(Error{ErrorCode::WrongType, {}, {}}
                        .with(Fact::File, file)
                        .with(Fact::Expected, u"object"_s)
                        .with(Fact::Found, u"array"_s));
    }
    JsonScanner scanner(text);
    scanner.scan();
    if (scanner.duplicate()) {
        return fail(Error{ErrorCode::DuplicateName, {}, {}}
                        .with(Fact::File, file)
                        .with(Fact::JsonPath, scanner.duplicate()->path)
                        .with(Fact::Line, position(text, scanner.duplicate()->offset)));
    }
    return document.object();
}

Result<QJsonObject> readJsonFile(const QString &file)
{
    TRY_ASSIGN(const QByteArray text, readFile(file));
    return parseJson(text, file);
}

QByteArray jsonText(const QJsonObject &object)
{
    QByteArray out;
    write(object, {}, out);
    return out + '\n';
}

QList<JsonMember> topMembers(const QByteArray &text)
{
    JsonScanner scanner(text);
    scanner.scan();
    return scanner.topMembers();
}

Result<void> replaceFile(const QString &file, const QByteArray &text, bool isPrivate)
{
    const BlockingCall call("writing a file of the workspace");
    QSaveFile device(file);
    auto failure = [&] {
        const auto code = device.error() == QFileDevice::ResourceError || errno == ENOSPC ? ErrorCode::DiskFull
                                                                                          : ErrorCode::FileUnwritable;
        return fail(Error{code, {}, device.errorString()}.with(Fact::File, file));
    };
    errno = 0;
    if (!device.open(QIODevice::WriteOnly))
        return failure();
    if (isPrivate)
        device.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    errno = 0;
    if (device.write(text) != text.size() || !device.commit())
        return failure();
    return {};
}

} // namespace tidemark
