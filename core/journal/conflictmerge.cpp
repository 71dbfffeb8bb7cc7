// SPDX-License-Identifier: GPL-3.0-or-later
// The row that a person makes of a conflict's two.
#include <algorithm>
#include <map>

#include "core/data/rowencoder.h"
#include "core/journal/cellnamed.h"
#include "core/journal/conflictrows.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

using Edits = std::map<int, CellBytes>; // by cell

void appendCell(QByteArray &chain, CellView cell)
{
    const quint32 length = cell.isNull ? RowBatch::nullLength : static_cast<quint32>(cell.bytes.size());
    chain.append(reinterpret_cast<const char *>(&length), sizeof length);
    chain.append(cell.bytes.data(), static_cast<qsizetype>(cell.bytes.size()));
}

QString option(const CellEdit &edit) { return edit.text ? u"--set"_s : u"--set-null"_s; }

QString given(const CellEdit &edit) { return edit.text ? QString(edit.column + u'=' + *edit.text) : edit.column; }

// What a text has to look like, as words of messages or as an example.
QString expectedText(CellKind kind)
{
    switch (kind) {
    case CellKind::Boolean:
        return u"boolean"_s;
    case CellKind::Integer:
        return u"integer"_s;
    case CellKind::Decimal:
    case CellKind::Float:
        return u"number"_s;
    case CellKind::Date:
        return u"YYYY-MM-DD"_s;
    case CellKind::Time:
        return u"HH:MM:SS"_s;
    case CellKind::Timestamp:
        return u"YYYY-MM-DD HH:MM:SS"_s;
    case CellKind::Instant:
        return u"YYYY-MM-DD HH:MM:SS+00:00"_s;
    case CellKind::Uuid:
        return u"uuid"_s;
    case CellKind::Blob:
        return u"0x00ff"_s;
    case CellKind::Json:
        return u"JSON"_s;
    case CellKind::Text:
    case CellKind::Exact:
        break;
    }
    return u"string"_s;
}

std::optional<QByteArray> bytesOfHex(const QString &text)
{
    const QByteArray digits = text.mid(2).toLatin1();
    const bool isHex =
        text.startsWith("0x"_L1) && digits.size() % 2 == 0 && std::all_of(digits.begin(), digits.end(), [](char digit) {
            return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
        });
    return isHex ? std::optional(QByteArray::fromHex(digits)) : std::nullopt;
}

// One cell as a batch of its own; a fault where the text is no value of the type.
RowBatch encoded(const PlanColumn &column, const std::optional<QString> &text)
{
    const auto layout = std::make_shared<const RowLayout>(RowLayout{{column.type}, 0, 1});
    CellSource source;
    source.type.kind = column.type.kind;
    source.column = column.source;
    RowBatch batch(layout);
    RowEncoder encoder(layout, {source});
    encoder.setBatch(&batch);
    encoder.beginRow();
    const auto view = [](const QByteArray &bytes) {
        return std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    };
    std::optional<Error> fault;
    if (!text) {
        encoder.null();
    } else if (column.type.kind == CellKind::Blob) {
        const auto bytes = bytesOfHex(*text);
        encoder.blob(view(bytes.value_or(QByteArray())));
        if (!bytes)
            fault = Error{ErrorCode::ValueNotKept, {}, {}};
    } else {
        encoder.text(view(text->toUtf8()));
    }
    encoder.endRow();
    if (fault)
        batch.faultLastRow(std::move(*fault));
    return batch;
}

// A comparison would not see them, so that neither side could be told from what was asked for.
bool losesDigits(const PlanColumn &column, const QString &text)
{
    if (column.type.kind != CellKind::Decimal || column.type.scale < 0)
        return false;
    QStringView digits = QStringView(text).trimmed();
    const qsizetype point = digits.indexOf(u'.');
    if (point < 0)
        return false;
    while (digits.endsWith(u'0'))
        digits.chop(1);
    return digits.size() - point - 1 > column.type.scale;
}

} // namespace

Result<CellBytes> cellFromText(const PlanColumn &column, const std::optional<QString> &text)
{
    const RowBatch batch = encoded(column, text);
    if (batch.fault(0) != nullptr || (text && losesDigits(column, *text)))
        return fail(Error{ErrorCode::Usage, {}, {}}.with(Fact::Expected, expectedText(column.type.kind)));
    const CellView cell = batch.value(0, 0);
    return CellBytes{{cell.bytes.data(), static_cast<qsizetype>(cell.bytes.size())}, cell.isNull};
}

namespace {

// What the column takes, as databases write it.
QString takenBy(const Misfit &misfit)
{
    switch (misfit.kind) {
    case Misfit::Kind::IsNull:
        return u"NOT NULL"_s;
    case Misfit::Kind::TooLong:
        return u"string(%1)"_s.arg(misfit.limit);
    case Misfit::Kind::TooManyDigits:
        return u"number(%1)"_s.arg(misfit.limit);
    case Misfit::Kind::OutOfRange:
        return misfit.least + u" … "_s + misfit.greatest;
    case Misfit::Kind::OtherWord:
        break;
    }
    return misfit.words.join(u" | "_s);
}

// Of the sides that are written: in a one-way job the target alone.
std::optional<Misfit> misfitOf(const PlanTable &table, int cell, CellView value, bool isOneWay)
{
    const CellType &type = table.columns[cell].type;
    std::optional<Misfit> misfit = tidemark::misfitOf(table.targetLimits.value(cell), type, value);
    return misfit || isOneWay ? misfit : tidemark::misfitOf(table.sourceLimits.value(cell), type, value);
}

Result<Edits> readEdits(const PlanTable &table, const QList<CellEdit> &edits, bool isOneWay)
{
    QStringList names;
    for (int cell = table.keyCount; cell < table.comparedCount; ++cell)
        names.append(table.columns[cell].source);
    Edits read;
    std::map<int, QString> words; // as they stood on the command line
    for (const CellEdit &edit : edits) {
        const int cell =
            cellNamed(table.columns, table.keyCount, table.comparedCount, edit.column).value_or(table.comparedCount);
        Error usage = Error{ErrorCode::Usage, {}, {}}.with(Fact::Option, option(edit)).with(Fact::Value, given(edit));
        if (cell == table.comparedCount)
            return fail(usage.with(Fact::Expected, names.join(u" | "_s)));
        const QString whole = option(edit) + u' ' + given(edit);
        if (const auto [earlier, isFirst] = words.emplace(cell, whole); !isFirst)
            return fail(Error{ErrorCode::Usage, {}, {}}.with(Fact::Option, earlier->second).with(Fact::Found, whole));
        auto value = cellFromText(table.columns[cell], edit.text);
        if (!value)
            return fail(usage.with(Fact::Expected, value.error().facts.value(Fact::Expected)));
        if (const auto misfit = misfitOf(table, cell, value->view(), isOneWay))
            return fail(usage.with(Fact::Expected, takenBy(*misfit)));
        read.emplace(cell, std::move(*value));
    }
    return read;
}

QByteArray rowFor(JobSide at, const ConflictRows &rows, const Edits &edits, std::optional<JobSide> rest)
{
    const RowBatch &own = at == JobSide::Source ? rows.source : rows.target;
    const RowBatch &there = own.isEmpty() ? rows.any() : own;
    QByteArray chain;
    for (int cell = 0; cell < rows.layout->size(); ++cell) {
        if (const auto edit = edits.find(cell); edit != edits.end())
            appendCell(chain, edit->second.view());
        else if (rows.differs(cell))
            appendCell(chain, (rest == JobSide::Source ? rows.source : rows.target).value(0, cell));
        else
            appendCell(chain, there.value(0, cell));
    }
    return chain;
}

CellView chosenCell(const ConflictRows &rows, const CellChoice &choice, JobSide at, int cell)
{
    switch (choice.from) {
    case CellChoice::From::Source:
        return rows.source.value(0, cell);
    case CellChoice::From::Target:
        return rows.target.value(0, cell);
    case CellChoice::From::Base:
        return rows.base.value(0, cell);
    case CellChoice::From::Given:
        return choice.given.view();
    case CellChoice::From::Nobody:
    case CellChoice::From::Own:
        break;
    }
    return (at == JobSide::Source ? rows.source : rows.target).value(0, cell);
}

} // namespace

Result<ConflictReply> chosenAnswer(const PlanTable &table, const Conflict &conflict,
                                   const std::vector<CellChoice> &choices)
{
    const Error usage =
        Error{ErrorCode::Usage, {}, {}}.with(Fact::Command, u"resolve --id %1"_s.arg(conflict.id)); // of this one
    const auto rows = conflictRows(table, conflict);
    if (!rows || rows->source.isEmpty() || rows->target.isEmpty()
        || choices.size() != static_cast<std::size_t>(rows->layout->size()))
        return fail(Error(usage).with(Fact::Expected, u"--take source|target|skip"_s));
    for (int cell = 0; cell < rows->layout->size(); ++cell) {
        const auto index = static_cast<std::size_t>(cell);
        const CellChoice::From from = choices[index].from;
        const bool isOpen = from == CellChoice::From::Nobody
            ? rows->differs(cell)
            : from == CellChoice::From::Base && !rows->baseKnown[index];
        const bool isOwn = cell < table.keyCount || cell >= table.comparedCount; // each side's, or what names the row
        if (isOpen || (isOwn && from > CellChoice::From::Own))
            return fail(Error(usage).with(Fact::Expected, table.columns[cell].source));
    }
    ConflictReply reply{conflict.id, ConflictAnswer::Row, {}, {}, picturesPrint(conflict)};
    for (int cell = 0; cell < rows->layout->size(); ++cell) {
        const CellChoice &choice = choices[static_cast<std::size_t>(cell)];
        appendCell(reply.rowForSource, chosenCell(*rows, choice, JobSide::Source, cell));
        appendCell(reply.rowForTarget, chosenCell(*rows, choice, JobSide::Target, cell));
    }
    return reply;
}

Result<ConflictReply> mergedAnswer(const PlanTable &table, const Conflict &conflict, const QList<CellEdit> &edits,
                                   std::optional<JobSide> rest)
{
    const Error usage =
        Error{ErrorCode::Usage, {}, {}}.with(Fact::Command, u"resolve --id %1"_s.arg(conflict.id)); // of this one
    const auto rows = conflictRows(table, conflict);
    if (!rows)
        return fail(Error(usage).with(Fact::Expected, u"--take source|target|skip"_s));
    TRY_ASSIGN(const Edits read, readEdits(table, edits, conflict.kind == ConflictKind::Differs));
    if (rest && (*rest == JobSide::Source ? rows->source : rows->target).isEmpty())
        return fail(Error(usage)
                        .with(Fact::Option, u"--take "_s + (*rest == JobSide::Source ? u"source"_s : u"target"_s))
                        .with(Fact::Found, u"--set"_s)); // that side deleted the row
    QStringList open;
    for (int cell = 0; cell < table.comparedCount && !rest; ++cell) {
        if (rows->differs(cell) && !read.contains(cell))
            open.append(u"--set "_s + table.columns[cell].source + u"=VALUE"_s);
    }
    if (!open.isEmpty())
        return fail(Error(usage).with(Fact::Expected, open.join(u' ') + u" | --take source|target"_s));
    return ConflictReply{conflict.id, ConflictAnswer::Row, rowFor(JobSide::Source, *rows, read, rest),
                         rowFor(JobSide::Target, *rows, read, rest)};
}

} // namespace tidemark
