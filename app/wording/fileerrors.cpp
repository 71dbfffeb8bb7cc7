// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

QString hint(const Facts &facts)
{
    if (!facts.has(Fact::Expected))
        return {};
    const QString names = facts[Fact::Expected];
    return names.contains(u", "_s) ? Wording::tr("Known here: %1.").arg(names) : Wording::tr("Is %1 meant?").arg(names);
}

Message wrong(const Facts &facts)
{
    const QString place = facts.filePlace();
    const QString wanted = facts.has(Fact::Expected)
        ? Wording::tr("Expected here: %1.").arg(expected(facts.raw(Fact::Expected)))
        : QString();
    if (place.isEmpty())
        return {Wording::tr("%1 is not possible here.").arg(facts[Fact::Found]), wanted};
    return {facts.has(Fact::Found)
                ? Wording::tr("%1: %2 is not possible here.").arg(place, expected(facts.raw(Fact::Found)))
                : Wording::tr("%1: this value is not possible here.").arg(place),
            wanted};
}

Message missing(const Facts &facts)
{
    return {Wording::tr("%1 is missing.").arg(facts.filePlace()),
            facts.has(Fact::Expected) ? Wording::tr("Expected here: %1.").arg(expected(facts.raw(Fact::Expected)))
                                      : QString()};
}

QString file(const Facts &facts) { return facts.has(Fact::File) ? facts[Fact::File] : Wording::tr("The file"); }

} // namespace

bool wordFile(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::FileNotFound:
        message = {Wording::tr("There is no file %1.").arg(facts[Fact::File]), Wording::tr("Check the path.")};
        return true;
    case ErrorCode::FileUnreadable:
        message = {Wording::tr("%1 cannot be read.").arg(file(facts)), Wording::tr("Check its permissions.")};
        return true;
    case ErrorCode::FileUnwritable:
        message = {Wording::tr("%1 cannot be written.").arg(file(facts)),
                   Wording::tr("Check the permissions of the file and of its folder.")};
        return true;
    case ErrorCode::IsADirectory:
        message = {Wording::tr("%1 is a folder, not a file.").arg(file(facts)), Wording::tr("Name a file in it.")};
        return true;
    case ErrorCode::NotJson:
        message = {facts.has(Fact::Line)
                       ? Wording::tr("%1 is not valid JSON at line %2.").arg(file(facts), facts[Fact::Line])
                       : Wording::tr("%1 is not valid JSON.").arg(file(facts)),
                   Wording::tr("Mend the text at that place.")};
        return true;
    case ErrorCode::UnknownKey:
        message = {Wording::tr("%1 is not a known key.").arg(facts.filePlace()), hint(facts)};
        return true;
    case ErrorCode::MissingKey:
        message = missing(facts);
        return true;
    case ErrorCode::WrongType:
    case ErrorCode::WrongValue:
        message = wrong(facts);
        return true;
    case ErrorCode::WorkspaceNewer:
        message = {Wording::tr("%1 was written by a newer version of Tidemark.").arg(file(facts)),
                   Wording::tr("Use that version, or another workspace.")};
        return true;
    default:
        return false;
    }
}

} // namespace tidemark::wording
