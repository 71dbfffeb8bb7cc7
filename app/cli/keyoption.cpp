// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/keyoption.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

Result<QMap<QString, QString>> readKey(const Arguments &arguments)
{
    QMap<QString, QString> key;
    const QStringList given = arguments.values(u"--key"_s);
    for (const QString &one : given) {
        const qsizetype split = one.indexOf(u'=');
        const QString column = one.left(split);
        if (split <= 0 || key.contains(column))
            return fail(arguments.usage()
                            .with(Fact::Option, u"--key"_s)
                            .with(Fact::Value, one)
                            .with(Fact::Expected, u"COL=VALUE"_s));
        key.insert(column, one.mid(split + 1));
    }
    return key;
}

Result<std::optional<qint64>> readAllowedDeletes(const Arguments &arguments)
{
    std::optional<qint64> allowed;
    if (!arguments.has(u"--allow-deletes"_s))
        return allowed;
    const QString text = arguments.value(u"--allow-deletes"_s);
    bool isNumber = false;
    allowed = text.toLongLong(&isNumber);
    if (!isNumber || *allowed < 0 || text.startsWith(u'+'))
        return fail(arguments.usage()
                        .with(Fact::Option, u"--allow-deletes"_s)
                        .with(Fact::Value, text)
                        .with(Fact::Expected, u"integer"_s));
    return allowed;
}

} // namespace tidemark::cli
