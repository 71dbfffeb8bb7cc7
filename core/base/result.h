// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include "core/base/error.h"

namespace tidemark {

// Errors are values: a function that can fail returns Result<T>. No exception leaves a worker.
template <typename T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }
inline tl::unexpected<Error> fail(ErrorCode code, QString detail = {})
{
    return tl::unexpected<Error>(Error{code, {}, std::move(detail)});
}

// Leaves the calling function with the error of a Result that failed.
#define TIDEMARK_CONCAT2(a, b) a##b
#define TIDEMARK_CONCAT(a, b) TIDEMARK_CONCAT2(a, b)
#define TRY(expression)                                                                                                \
    do {                                                                                                               \
        if (auto tryResult_ = (expression); !tryResult_)                                                               \
            return tl::unexpected<tidemark::Error>(std::move(tryResult_).error());                                     \
    } while (false)
// TRY_ASSIGN(auto rows, read()) – declares or assigns the value of a Result.
#define TRY_ASSIGN(target, expression)                                                                                 \
    auto TIDEMARK_CONCAT(tryResult_, __LINE__) = (expression);                                                         \
    if (!TIDEMARK_CONCAT(tryResult_, __LINE__))                                                                        \
        return tl::unexpected<tidemark::Error>(std::move(TIDEMARK_CONCAT(tryResult_, __LINE__)).error());              \
    target = std::move(*TIDEMARK_CONCAT(tryResult_, __LINE__))

} // namespace tidemark
