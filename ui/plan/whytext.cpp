// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/whypanel.h"

namespace tidemark {

QString whyText(WhyRule rule, const QString &source, const QString &target)
{
    switch (rule) {
    case WhyRule::Same:
        return WhyPanel::tr("The same value on both sides.");
    case WhyRule::NotCompared:
        return WhyPanel::tr("This column is written along, but not compared.");
    case WhyRule::EqualNumbers:
        return WhyPanel::tr("%1 and %2 are equal numbers.").arg(source, target);
    case WhyRule::CaseIgnored:
        return WhyPanel::tr("This job ignores upper and lower case.");
    case WhyRule::TrailingSpaceIgnored:
        return WhyPanel::tr("This job ignores spaces at the end.");
    case WhyRule::CaseAndSpaceIgnored:
        return WhyPanel::tr("This job ignores case and spaces at the end.");
    case WhyRule::EmptyIsNull:
        return WhyPanel::tr("This job treats an empty text as NULL.");
    case WhyRule::FractionIgnored:
        return WhyPanel::tr("Equal up to the precision that the coarser side can hold.");
    case WhyRule::SameJson:
        return WhyPanel::tr("The same JSON; the order of keys and blanks do not count.");
    case WhyRule::WithinTolerance:
        return WhyPanel::tr("Closer than this job's tolerance.");
    case WhyRule::DigitsIgnored:
        return WhyPanel::tr("Equal up to the digits that the coarser side can hold.");
    case WhyRule::EqualOtherwise:
        return WhyPanel::tr("Equal by this job's rules.");
    case WhyRule::NullIsNotEmpty:
        return WhyPanel::tr("NULL is not an empty text.");
    case WhyRule::NullIsNoValue:
        return WhyPanel::tr("NULL means no value; the other side has one.");
    case WhyRule::TrailingSpaceCounts:
        return WhyPanel::tr("A space at the end counts.");
    case WhyRule::LeadingSpaceCounts:
        return WhyPanel::tr("A space at the start counts.");
    case WhyRule::LineEndCounts:
        return WhyPanel::tr("The line ends differ (CR LF and LF).");
    case WhyRule::CaseCounts:
        return WhyPanel::tr("Upper and lower case count.");
    case WhyRule::UnicodeForm:
        return WhyPanel::tr("They look alike, in two Unicode forms.");
    case WhyRule::NumbersDiffer:
        return WhyPanel::tr("%1 and %2 are different numbers.").arg(source, target);
    case WhyRule::TimesDiffer:
        return WhyPanel::tr("Two different points in time.");
    case WhyRule::FractionCounts:
        return WhyPanel::tr("Less than a second apart; fractions count.");
    case WhyRule::WholeHoursApart:
        return WhyPanel::tr("Whole hours apart: this may be a time zone.");
    case WhyRule::JsonDiffers:
        return WhyPanel::tr("The JSON differs, whatever its order of keys and blanks.");
    case WhyRule::JsonTextCounts:
        return WhyPanel::tr("The same JSON, written differently: this job compares it as text.");
    case WhyRule::BytesDiffer:
        return WhyPanel::tr("The bytes differ.");
    case WhyRule::ValuesDiffer:
        return WhyPanel::tr("The values differ.");
    }
    return {};
}

} // namespace tidemark
