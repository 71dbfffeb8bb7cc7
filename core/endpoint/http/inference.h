// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/endpoint/http/recordrow.h"

namespace tidemark::http {

constexpr qint64 recordsToInferFrom = 1000;

// What the columns of a resource are, from its first records. Members that hold now a number and now a text are no
// column: TypesIncompatible with Table, Column, Record (the one that disagrees, from 1), Found and Expected.
class Inference
{
public:
    explicit Inference(QString resource) : m_resource(std::move(resource)) { }
    Result<void> take(std::string_view record);
    std::vector<RecordColumn> columns() const; // in the order of their first appearance

private:
    enum class Guess : quint8 { Unknown, Boolean, Integer, Decimal, Text, Date, Time, Timestamp, Instant, Uuid, Json };
    struct Field
    {
        std::string name;
        Guess guess = Guess::Unknown;
    };
    static Guess guessOf(std::string_view value, std::string &scratch);
    static std::optional<Guess> both(Guess a, Guess b);
    static ColumnType typeOf(Guess guess);
    Result<Field *> field(std::string_view quotedName);

    QString m_resource;
    std::vector<Field> m_fields;
    qint64 m_records = 0;
    std::string m_scratch;
};

} // namespace tidemark::http
