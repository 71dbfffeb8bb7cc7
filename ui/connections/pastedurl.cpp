// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/pastedurl.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace tidemark {

static QString decoded(const QString &text) { return QUrl::fromPercentEncoding(text.toUtf8()); }

static QString withoutJdbc(const QString &text)
{
    const QString url = text.trimmed();
    return url.startsWith("jdbc:"_L1, Qt::CaseInsensitive) ? url.mid(5) : url;
}

bool looksLikeUrl(const QString &text)
{
    const QString url = withoutJdbc(text);
    for (const QLatin1StringView scheme :
         {"postgres://"_L1, "postgresql://"_L1, "mysql://"_L1, "mariadb://"_L1, "http://"_L1, "https://"_L1,
          "redis://"_L1, "rediss://"_L1, "amqp://"_L1, "amqps://"_L1}) {
        if (url.startsWith(scheme, Qt::CaseInsensitive) && url.size() > scheme.size())
            return true;
    }
    return url.startsWith("sqlite:/"_L1, Qt::CaseInsensitive) && url.size() > 8;
}

namespace {

// A URL in its parts, cut by hand: passwords with odd characters must be found, too.
struct Parts
{
    QString scheme, userInfo, place, path;
    QStringList options;
};

Parts cut(const QString &url)
{
    Parts parts;
    const qsizetype colon = url.indexOf("://"_L1);
    parts.scheme = url.left(colon).toLower();
    const QString rest = url.mid(colon + 3);
    // The last @ before the path ends the user: a password may hold one, and a slash, too.
    qsizetype question = rest.indexOf(u'?');
    if (const qsizetype at = rest.lastIndexOf(u'@');
        question >= 0 && at > question && !QStringView(rest).sliced(question, at - question).contains(u'='))
        question = rest.indexOf(u'?', at); // the ? was the password's
    const QString before = question < 0 ? rest : rest.left(question);
    if (question >= 0)
        parts.options = rest.mid(question + 1).split(u'&', Qt::SkipEmptyParts);
    const qsizetype at = before.lastIndexOf(u'@');
    parts.userInfo = at < 0 ? QString() : before.left(at);
    const QString server = before.mid(at + 1);
    const qsizetype slash = server.indexOf(u'/');
    parts.place = slash < 0 ? server : server.left(slash);
    parts.path = slash < 0 ? QString() : server.mid(slash);
    return parts;
}

QString encoded(const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); }

} // namespace

// Its resources are described elsewhere; what the URL asks of one is none of the service's address.
static PastedUrl readService(const Parts &parts)
{
    PastedUrl pasted;
    HttpSettings http;
    http.url = parts.scheme + "://"_L1 + parts.place + parts.path;
    while (http.url.endsWith(u'/'))
        http.url.chop(1);
    pasted.settings.driver = Driver::Http;
    pasted.settings.user = decoded(parts.userInfo.section(u':', 0, 0));
    pasted.password = decoded(parts.userInfo.section(u':', 1));
    pasted.settings.http = std::make_shared<const HttpSettings>(http);
    for (const QString &option : parts.options)
        pasted.ignored.append(decoded(option.section(u'=', 0, 0)));
    return pasted;
}

// What such a URL need not name and a file does.
static Result<ConnectionSettings> readBroker(const QString &url, QStringList options)
{
    const bool redis = url.startsWith("redis"_L1);
    const auto names = [&options](QLatin1StringView key) {
        return std::any_of(options.cbegin(), options.cend(), [&key](const QString &option) {
            return option.section(u'=', 0, 0) == key && !option.section(u'=', 1).isEmpty();
        });
    };
    const bool named = redis ? names("stream"_L1) : names("queue"_L1) || names("exchange"_L1);
    if (!named)
        options.append(redis ? u"stream=-"_s : u"queue=-"_s);
    TRY_ASSIGN(ConnectionSettings settings, connectionFromUrl(url + u'?' + options.join(u'&')));
    if (!named) {
        QueueSettings queue = *settings.queue;
        queue.stream.clear();
        queue.queue.clear();
        settings.queue = std::make_shared<const QueueSettings>(queue);
    }
    return settings;
}

static Result<PastedUrl> readServer(const QString &url)
{
    PastedUrl pasted;
    const Parts parts = cut(url);
    if (parts.scheme.startsWith("http"_L1))
        return readService(parts);
    const bool isBroker = parts.scheme.startsWith("redis"_L1) || parts.scheme.startsWith("amqp"_L1);
    const QStringList ofBroker{u"stream"_s, u"group"_s,    u"consumer"_s,    u"idle"_s,          u"exchange"_s,
                               u"queue"_s,  u"prefetch"_s, u"oneConsumer"_s, u"deliveryLimit"_s, u"envelope"_s};
    const QStringList ofAll{u"host"_s, u"schema"_s, u"tls"_s, u"sslmode"_s, u"ca"_s, u"sslrootcert"_s, u"timeout"_s};
    QString user = decoded(parts.userInfo.section(u':', 0, 0));
    if (parts.userInfo.contains(u':'))
        pasted.password = decoded(parts.userInfo.section(u':', 1));
    QStringList kept;
    for (const QString &option : parts.options) {
        const QString key = decoded(option.section(u'=', 0, 0));
        const QString value = decoded(option.section(u'=', 1));
        if (key == "password"_L1)
            pasted.password = value;
        else if (key == "user"_L1)
            user = value;
        else if (key == "currentSchema"_L1)
            kept.append("schema="_L1 + encoded(value));
        else if ((isBroker && ofBroker.contains(key)) || ofAll.contains(key))
            kept.append(option);
        else
            pasted.ignored.append(key);
    }
    // A URL without a database still fills in the host.
    const bool hasDatabase = parts.path.size() > 1;
    const QString path = hasDatabase || isBroker ? parts.path : u"/-"_s;
    const QString at = user.isEmpty() ? QString() : QString(encoded(user) + u'@');
    if (isBroker) {
        TRY_ASSIGN(pasted.settings, readBroker(parts.scheme + "://"_L1 + at + parts.place + path, kept));
        return pasted;
    }
    const QString options = kept.isEmpty() ? QString() : QString(u'?' + kept.join(u'&'));
    TRY_ASSIGN(pasted.settings, connectionFromUrl(parts.scheme + "://"_L1 + at + parts.place + path + options));
    if (!hasDatabase)
        pasted.settings.database.clear();
    return pasted;
}

Result<PastedUrl> readPastedUrl(const QString &text)
{
    const QString url = withoutJdbc(text);
    if (url.contains("://"_L1) && !url.startsWith("sqlite:"_L1, Qt::CaseInsensitive))
        return readServer(url);
    PastedUrl pasted;
    TRY_ASSIGN(pasted.settings, connectionFromUrl(url));
    return pasted;
}

} // namespace tidemark
