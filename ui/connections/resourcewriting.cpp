// SPDX-License-Identifier: GPL-3.0-or-later
// What goes with each request for a resource's records, and how a job writes them.
#include <QTableWidget>

#include "ui/connections/fieldrow.h"
#include "ui/connections/pairsfield.h"
#include "ui/connections/resourcespage.h"
#include "ui/connections/textfield.h"
#include "ui/connections/verbfield.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;

void ResourcesPage::buildWriting()
{
    addRow(Field::Query, tr("Fixed parameters:"), m_query,
           tr("Sent with each request that reads records, such as active = 1."), m_query->table())
        ->setHint(tr("Sent with each request that reads records."));
    addRow(Field::WriteInsert, tr("Insert:"), m_insert, tr("How a new record is written."), m_insert->path())
        ->setHint(tr("How jobs write to it. Not possible three times: it is read alone."));
    addRow(Field::WriteUpdate, tr("Update:"), m_update,
           tr("How a record is changed; it is read at the same path before. PUT sends the whole record, PATCH what "
              "differs."),
           m_update->path())
        ->setHint(tr("PUT sends the whole record, PATCH what differs. {id} is the key's value."));
    addRow(Field::WriteDelete, tr("Delete:"), m_delete, tr("How a record is removed."), m_delete->path());
    addRow(Field::WriteRecord, tr("Record written:"), m_record,
           tr("A JSON pointer to the record in the answer to a write. Empty: the answer is the record."))
        ->setHint(tr("Where the answer to a write holds the record. Empty: the answer is the record."));
}

void ResourcesPage::showWriting(const HttpResource &resource)
{
    const HttpWrite write = resource.write.value_or(HttpWrite());
    m_query->show(resource.query);
    for (VerbField *verb : {m_insert, m_update, m_delete})
        verb->suggest(resource.path, resource.key);
    m_insert->show(write.insert);
    m_update->show(write.update);
    m_delete->show(write.remove);
    if (m_record->text() != write.record)
        m_record->reset(write.record);
}

void ResourcesPage::takeWriting(HttpResource &resource) const
{
    resource.query = m_query->pairs();
    for (VerbField *verb : {m_insert, m_update, m_delete})
        verb->suggest(resource.path, resource.key);
    const HttpWrite write{m_insert->verb(), m_update->verb(), m_delete->verb(), m_record->text().trimmed()};
    if (write != HttpWrite())
        resource.write = write;
    else if (resource.write != HttpWrite()) // an empty one is as it came
        resource.write.reset();
}

} // namespace tidemark
