// Boost.Asio and Boost.Beast as this room uses them. For server.cc, loop.cc, connection.cc and asio.cc only:
// they are heavy.
#pragma once

// The libraries' own code is compiled once, in asio.cc. A file that saw one of their headers before these two
// lines would bring its own copies of the error categories, and no error would equal itself.
#define BOOST_ASIO_SEPARATE_COMPILATION
#define BOOST_BEAST_SEPARATE_COMPILATION

// GCC 12 mistakes Asio's recycled coroutine frames for memory of another allocator.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace mmx::net {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using ErrorCode = boost::system::error_code;

// The executor is named rather than erased: a request costs fewer allocations.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using SteadyClock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;

using Awaiting = asio::use_awaitable_t<Executor>;
// co_await operation(..., kAsTuple) gives (error code, result): a client that goes is no exception.
inline constexpr asio::as_tuple_t<Awaiting> kAsTuple{};

}  // namespace mmx::net
