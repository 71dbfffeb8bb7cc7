// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

namespace tidemark {

// Where a side has been read and applied up to. The cursor is the database's own exact value as text.
struct Watermark
{
    std::optional<QByteArray> cursor; // not set: nothing has been read (a full compare); an empty text is a value
    qint64 keyComparedUs = 0; // when keys were last compared completely (server's clock, UTC); 0: never

    QByteArray toBytes() const; // with a checksum
    static std::optional<Watermark> fromBytes(const QByteArray &bytes); // nothing: damaged, counts as absent
    bool operator==(const Watermark &) const = default;
};

// The record of tidemark_checkpoint: one a job, table pair and side, written in the transaction of the rows.
struct CheckpointKey
{
    QString jobId;
    QString table; // "source → target", display names
    QString side = QStringLiteral("source");
    bool operator==(const CheckpointKey &) const = default;
};

struct Checkpoint
{
    static constexpr int currentFormat = 1;
    CheckpointKey key;
    int format = currentFormat;
    QByteArray watermark; // Watermark::toBytes
    QByteArray mappingDigest;
    QByteArray readDigest;
    QByteArray generation; // drawn anew by each run that writes
    qint64 epoch = 0; // fencing: raised by a run's first write transaction
    QByteArray journalId;
    bool operator==(const Checkpoint &) const = default;
};

} // namespace tidemark
