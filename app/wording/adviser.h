// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/detect/adviser.h"
#include "core/run/grants.h"
#include "core/run/rehearsal.h"

namespace tidemark::wording {

// What the adviser, the rehearsal and the grants say, in the user's language. SQL is never translated nor shortened:
// show Finding::query, Finding::mend and Grant::sql as they are, as plain text.

QString gradeWord(Grade grade); // "good", for a badge
QString findingTitle(FindingCode code); // "Empty values": the name of the check
QString finding(const Finding &finding); // one sentence with its figure
QString figure(const Finding &finding); // "12 of 10,000 sampled (0.12 %)"; empty: none
QString candidate(const DetectSettings &detect); // "by timestamp in updated_at"
QString adviceReason(AdviceReason reason); // one sentence
QString advice(const TableAdvice &advice); // what is recommended, and why: one or two sentences

QString lossKind(ValueLoss::Kind kind); // "rounded"
QString loss(const ValueLoss &loss); // one sentence: column, given value, kept value
QString rehearsal(const Rehearsal &rehearsal); // how it was found out, and how many losses

QString grantReason(GrantReason reason); // why the right is needed, one sentence
QString grant(const Grant &grant); // that it is missing, what for, and the statement

} // namespace tidemark::wording
