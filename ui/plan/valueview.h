// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QString>

#include "core/base/result.h"
#include "core/data/rowbatch.h"

namespace tidemark {

enum class ValueForm : quint8 { Text, Json, Hex, Image };

// What the viewer asks for: a form (not set: the one that fits the value), and which part of a large value.
struct ValueWish
{
    std::optional<ValueForm> form;
    qint64 part = -1; // −1: the one with the first difference
    bool operator==(const ValueWish &) const = default;
};

struct ValueMark
{
    int start = 0; // in the line, UTF-16 units
    int length = 0;
    bool operator==(const ValueMark &) const = default;
};

struct ValueLine
{
    QString text;
    QList<ValueMark> marks;
    bool isGap = false; // the other side has a line here
    bool differs = false;
    bool operator==(const ValueLine &) const = default;
};

struct ValueSide
{
    bool present = false; // the row is there
    bool isNull = false;
    qint64 bytes = 0;
    QList<ValueLine> lines; // as many as the other side's
    QImage image; // Image; null: it cannot be shown
    QSize imageSize; // before it was made smaller
};

// One value of both sides, ready to be shown: parts of a large one, with their number.
struct ValueView
{
    CellKind kind = CellKind::Text;
    ValueForm form = ValueForm::Text;
    QList<ValueForm> forms; // those that fit
    ValueSide source, target;
    bool equal = true; // the same bytes
    qint64 part = 0;
    qint64 parts = 1;
    qint64 firstDifference = -1; // the part with it
};

// Null: the row is not there. Pure, bounded in time and memory for values of any size; on a worker.
ValueView viewOfValue(const CellType &type, const CellView *source, const CellView *target, const ValueWish &wish);

QByteArray wholeValue(const CellType &type, CellView cell); // UTF-8 text, or the bytes of a blob
Result<void> saveBytes(const QByteArray &bytes, const QString &file);

} // namespace tidemark
