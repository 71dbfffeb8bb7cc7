// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/connectionsettings.h"
#include "core/config/jsonreader.h"

namespace tidemark {

// The keys that a message queue has beside host, port, user, password, tls, ssh: "database" (Redis: a number; RabbitMQ:
// the virtual host) and those of QueueSettings. Faults go to the node's reader.
void readQueue(const JsonObjectNode &object, ConnectionSettings &settings);
QJsonObject queueToJson(const ConnectionSettings &settings); // the same keys, without those that say the usual

// One option of a URL (redis://host/0?stream=orders); false: no such option. Values are judged where all are read.
bool setQueueOption(const QString &key, const QString &value, QJsonObject &object);

} // namespace tidemark
