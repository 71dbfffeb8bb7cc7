// SPDX-License-Identifier: GPL-3.0-or-later
// The rows with given keys.
#include <algorithm>
#include <unordered_set>

#include "core/endpoint/sql/condition.h"
#include "core/endpoint/sql/mysql/mysqlbinder.h"
#include "core/endpoint/sql/mysql/mysqlcells.h"
#include "core/endpoint/sql/mysql/mysqlselect.h"
#include "core/endpoint/sql/mysql/mysqlsession.h"
#include "core/endpoint/sql/mysql/mysqlstatement.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr size_t keysAtOnce = 500;

// One statement of up to keysAtOnce keys.
class KeyRead
{
public:
    KeyRead(Link &link, const ReadRequest &request, bool lock) : m_link(link), m_request(request), m_lock(lock)
    {
        for (int i = 0; i < request.layout->keyCount; ++i)
            m_binders.emplace_back(request.layout->cells[static_cast<size_t>(i)],
                                   request.sources[static_cast<size_t>(i)]);
        for (const CellSource &source : request.sources)
            m_types.push_back(source.type);
    }

    Result<void> run(RowSelection keys, size_t first, size_t count, RowEncoder &encoder, RowBatch &out);

private:
    void bindKeys(RowSelection keys, size_t first, size_t count);
    QString sql(size_t count) const;

    Link &m_link;
    const ReadRequest &m_request;
    bool m_lock;
    std::vector<ColumnBinder> m_binders;
    std::vector<ColumnType> m_types;
    std::vector<BindSlot> m_slots;
    std::vector<MYSQL_BIND> m_binds;
    std::unordered_set<std::string> m_wanted;
};

// A key that this column cannot hold, or that is NULL, belongs to no row: it is left out.
void KeyRead::bindKeys(RowSelection keys, size_t first, size_t count)
{
    const size_t width = m_binders.size();
    m_slots.resize(count * width);
    m_binds.assign(count * width, MYSQL_BIND{});
    m_wanted.clear();
    std::string scratch;
    size_t used = 0;
    for (size_t i = 0; i < count; ++i) {
        const int row = keys.rows[first + i];
        bool possible = true;
        for (size_t cell = 0; cell < width && possible; ++cell) {
            MYSQL_BIND &bind = m_binds[used * width + cell];
            bind = {};
            bind.buffer_type = m_binders[cell].wireType();
            bind.is_unsigned = m_binders[cell].isUnsigned() ? 1 : 0;
            const CellView value = keys.batch->value(row, static_cast<int>(cell));
            possible = !value.isNull && !m_binders[cell].bind(value, m_slots[used * width + cell], bind);
            bind.u.indicator = nullptr;
        }
        if (!possible)
            continue;
        m_wanted.emplace(keys.batch->key(row, scratch));
        ++used;
    }
    m_binds.resize(used * width);
}

QString KeyRead::sql(size_t count) const
{
    const MysqlDialect dialect;
    QString text = selectList(m_request);
    QStringList terms;
    for (size_t i = 0; i < m_binders.size(); ++i)
        terms.append(dialect.quote(m_request.columns[static_cast<qsizetype>(i)]));
    // Ranges of the primary key, for pairs too (in_predicate_conversion_threshold is off).
    const QString columns = terms.join(", "_L1);
    const QString marks = u"?"_s + u", ?"_s.repeated(terms.size() - 1);
    const QString one = terms.size() == 1 ? marks : QString(u'(' + marks + u')');
    text += " WHERE "_L1 + (terms.size() == 1 ? columns : QString(u'(' + columns + u')')) + " IN ("_L1 + one
        + QString(", "_L1 + one).repeated(static_cast<qsizetype>(count) - 1) + u')';
    if (!m_request.where.isEmpty())
        text += " AND "_L1 + enclosed(m_request.where);
    if (m_request.marks)
        text += " AND "_L1 + markCondition(m_request);
    return m_lock ? text + " FOR UPDATE"_L1 : text;
}

Result<void> KeyRead::run(RowSelection keys, size_t first, size_t count, RowEncoder &encoder, RowBatch &out)
{
    bindKeys(keys, first, count);
    const size_t used = m_binds.size() / std::max<size_t>(m_binders.size(), 1);
    if (used == 0)
        return {};
    Statement statement(m_link);
    TRY(statement.prepare(sql(used).toUtf8()));
    TRY(statement.bind(m_binds));
    TRY(statement.execute());
    std::string scratch;
    for (;;) {
        TRY_ASSIGN(const bool more, statement.fetch());
        if (!more)
            return {};
        encoder.beginRow();
        for (size_t i = 0; i < statement.columns().size(); ++i)
            encodeCell(encoder, m_types[i], statement.columns()[i], statement.row()[i]);
        encoder.endRow();
        // A collation may equate more than the bytes do.
        const int row = out.rowCount() - 1;
        if (!m_wanted.contains(std::string(out.key(row, scratch))))
            out.truncate(row);
    }
}

} // namespace

Result<void> MysqlSession::readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out)
{
    out.reset(request.layout);
    RowEncoder encoder(request.layout, request.sources);
    encoder.setBatch(&out);
    KeyRead read(*m_link, request, lock);
    for (size_t done = 0; done < keys.rows.size(); done += keysAtOnce) {
        const size_t count = std::min(keysAtOnce, keys.rows.size() - done);
        if (auto result = read.run(keys, done, count, encoder, out); !result)
            return fail(std::move(result).error().with(Fact::Table, request.table->name.display()));
    }
    return {};
}

} // namespace tidemark::mysql
