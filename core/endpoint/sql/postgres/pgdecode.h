// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/data/rowencoder.h"
#include "core/endpoint/sql/postgres/pgtypes.h"

namespace tidemark::postgres {

enum class Decoded { Good, NotKept, Broken }; // Broken: not a field of that type

// One field in the server's binary format into the encoder's next cell. NotKept: the encoder got nothing.
Decoded decodeField(Wire wire, std::string_view field, RowEncoder &encoder, std::string &scratch);

} // namespace tidemark::postgres
