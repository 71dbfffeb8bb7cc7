// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>
#include <random>

#include <QTest>

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"

using namespace tidemark;

namespace {

std::shared_ptr<const RowLayout> keyOf(CellKind kind)
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells = {{.kind = kind}};
    layout->keyCount = layout->comparedCount = 1;
    return layout;
}

// Bytes must sort as the values do: every pair of samples, against the order of the values themselves.
template <typename Value, typename Deliver>
void compareAll(CellKind kind, const std::vector<Value> &values, Deliver deliver)
{
    const auto layout = keyOf(kind);
    RowBatch batch(layout);
    RowEncoder encoder(layout, std::vector<CellSource>(1));
    encoder.setBatch(&batch);
    for (const Value &value : values) {
        encoder.beginRow();
        deliver(encoder, value);
        encoder.endRow();
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = 0; j < values.size(); ++j) {
            const int order = batch.compareKeys(static_cast<int>(i), batch, static_cast<int>(j));
            const int wanted = values[i] < values[j] ? -1 : values[j] < values[i] ? 1 : 0;
            if ((order < 0 ? -1 : order > 0 ? 1 : 0) != wanted)
                QFAIL(qPrintable(QStringLiteral("samples %1 and %2 of %3").arg(i).arg(j).arg(cellKindName(kind))));
        }
    }
}

std::mt19937_64 &random64()
{
    static std::mt19937_64 generator(20240229); // seeded: a failure can be repeated
    return generator;
}

std::vector<qint64> samples64()
{
    std::vector<qint64> values{0,
                               1,
                               -1,
                               255,
                               256,
                               -256,
                               std::numeric_limits<qint64>::min(),
                               std::numeric_limits<qint64>::max(),
                               std::numeric_limits<qint64>::min() + 1};
    for (int i = 0; i < 300; ++i)
        values.push_back(static_cast<qint64>(random64()()) >> (random64()() % 64));
    return values;
}

struct AnyInteger // beyond what one C++ type counts
{
    bool isNegative;
    quint64 bits;
    bool operator<(const AnyInteger &other) const
    {
        if (isNegative != other.isNegative)
            return isNegative;
        return isNegative ? static_cast<qint64>(bits) < static_cast<qint64>(other.bits) : bits < other.bits;
    }
};

} // namespace

class TestOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void integers();
    void reals();
    void realsReadBack();
    void times();
    void dates();
    void texts();
    void nullsFirst();
};

void TestOrder::integers()
{
    std::vector<AnyInteger> values;
    for (const qint64 value : samples64()) {
        values.push_back({value < 0, static_cast<quint64>(value)});
        values.push_back({false, static_cast<quint64>(value)});
    }
    compareAll(CellKind::Integer, values, [](RowEncoder &encoder, const AnyInteger &value) {
        if (value.isNegative)
            encoder.integer(static_cast<qint64>(value.bits));
        else
            encoder.unsignedInteger(value.bits);
    });
}

void TestOrder::reals()
{
    using Limits = std::numeric_limits<double>;
    std::vector<double> values{0.0,
                               -0.0,
                               1,
                               -1,
                               Limits::infinity(),
                               -Limits::infinity(),
                               Limits::max(),
                               Limits::lowest(),
                               Limits::min(),
                               Limits::denorm_min(),
                               -Limits::denorm_min(),
                               9007199254740992.0};
    for (int i = 0; i < 300; ++i) {
        const double value = std::bit_cast<double>(static_cast<quint64>(random64()()));
        if (!std::isnan(value))
            values.push_back(value);
    }
    compareAll(CellKind::Float, values, [](RowEncoder &encoder, double value) { encoder.real(value); });
}

void TestOrder::realsReadBack()
{
    const auto layout = keyOf(CellKind::Float);
    RowBatch batch(layout);
    RowEncoder encoder(layout, std::vector<CellSource>(1));
    encoder.setBatch(&batch);
    for (int i = 0; i < 2000; ++i) {
        const double value = std::bit_cast<double>(static_cast<quint64>(random64()()));
        batch.clear();
        encoder.beginRow();
        encoder.real(value);
        encoder.endRow();
        const double back = cell::real(batch.value(0, 0));
        QVERIFY(std::isnan(value) ? std::isnan(back) : back == value && std::signbit(back) == std::signbit(value));
        if (std::isnan(value))
            continue;
        // … and so do their shortest digits.
        const QByteArray digits = cell::text({.kind = CellKind::Float}, batch.value(0, 0)).toLatin1();
        batch.clear();
        encoder.beginRow();
        encoder.text({digits.constData(), std::size_t(digits.size())});
        encoder.endRow();
        QVERIFY2(batch.fault(0) == nullptr && cell::real(batch.value(0, 0)) == value, digits.constData());
    }
}

void TestOrder::times()
{
    const auto deliverTo = [](auto member) {
        return [member](RowEncoder &encoder, qint64 value) { (encoder.*member)(value); };
    };
    compareAll(CellKind::Time, samples64(), deliverTo(&RowEncoder::time));
    compareAll(CellKind::Timestamp, samples64(), deliverTo(&RowEncoder::timestamp));
    compareAll(CellKind::Instant, samples64(), deliverTo(&RowEncoder::instant));
}

void TestOrder::dates()
{
    std::vector<qint32> values;
    for (const qint64 value : samples64())
        values.push_back(static_cast<qint32>(value));
    values.push_back(std::numeric_limits<qint32>::min());
    values.push_back(std::numeric_limits<qint32>::max());
    compareAll(CellKind::Date, values, [](RowEncoder &encoder, qint32 value) { encoder.date(value); });
}

void TestOrder::texts()
{
    // The order of C and BINARY is that of unsigned bytes, a prefix first.
    std::vector<std::vector<unsigned char>> values{{},         {'a'},        {'a', 0}, {'a', 0, 'b'},
                                                   {'a', 'b'}, {0xc3, 0xa9}, {0x7f}};
    for (int i = 0; i < 200; ++i) {
        std::vector<unsigned char> bytes(random64()() % 6);
        for (unsigned char &byte : bytes)
            byte = static_cast<unsigned char>(random64()() % 4 == 0 ? 0xff : random64()());
        values.push_back(bytes);
    }
    compareAll(CellKind::Blob, values, [](RowEncoder &encoder, const std::vector<unsigned char> &value) {
        encoder.blob({reinterpret_cast<const char *>(value.data()), value.size()});
    });
}

void TestOrder::nullsFirst()
{
    const auto layout = keyOf(CellKind::Text);
    RowBatch batch(layout);
    for (const bool isNull : {true, false}) {
        batch.beginRow();
        if (isNull)
            batch.appendNull();
        else
            batch.appendCell({}); // the least text there is
        batch.endRow();
    }
    QVERIFY(batch.compareKeys(0, batch, 1) < 0);
    QVERIFY(batch.compareKeys(1, batch, 0) > 0);
    QCOMPARE(batch.compareKeys(0, batch, 0), 0);
}

QTEST_APPLESS_MAIN(TestOrder)
#include "tst_order.moc"
