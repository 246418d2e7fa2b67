#include "library/list_sql.h"

#include "library/song_row.h"

namespace mmx::library {
namespace {

bool on_sqlite(const Asked& asked) {
    return asked.dialect == store::Dialect::sqlite;
}

std::string_view column_of(Sort sort) {
    return sort == Sort::title ? "s.title_key" : sort == Sort::duration ? "s.duration_ms" : "s.seq";
}

// PostgreSQL chooses among the indexes by what it knows of the data; SQLite is told.
std::string index_hint(const Asked& asked, Sort sort) {
    if (!on_sqlite(asked)) return {};
    const ListRequest& request = asked.request;
    if (sort == Sort::title) return " INDEXED BY songs_by_title";
    if (sort == Sort::duration) return " INDEXED BY songs_by_duration";
    if (request.pinned.value_or(false)) return " INDEXED BY songs_pinned";
    if (request.state) return " INDEXED BY songs_by_state";
    if (!request.genre.empty()) return " INDEXED BY songs_by_genre";
    return " INDEXED BY songs_by_creation";
}

class Writer {
  public:
    Writer& text(std::string_view sql) {
        made_.sql += sql;
        return *this;
    }
    Writer& value(std::string_view sql, const store::Value& parameter) {
        made_.parameters.push_back(parameter);
        return text(sql);
    }
    // pinned is written out, so that the index of pinned songs can be seen to fit.
    Writer& filters(const ListRequest& request) {
        if (request.state) value(" AND s.state = ?", state_name(*request.state));
        if (!request.genre.empty()) value(" AND s.genre = ?", request.genre);
        if (request.pinned) text(*request.pinned ? " AND s.pinned = 1" : " AND s.pinned = 0");
        return *this;
    }
    Writer& after(const Asked& asked) {
        if (!asked.after) return *this;
        const bool up = asked.request.direction == Direction::ascending;
        const Cursor& cursor = *asked.after;
        if (cursor.sort == Sort::created) return value(up ? " AND s.seq > ?" : " AND s.seq < ?", cursor.seq);
        text(" AND (").text(column_of(cursor.sort)).text(up ? ", s.seq) > (" : ", s.seq) < (");
        if (cursor.sort == Sort::title)
            value("?", cursor.title_key);
        else
            value("?", cursor.duration_ms);
        return value(", ?)", cursor.seq);
    }
    Writer& order(const Asked& asked, std::string_view key, std::string_view seq) {
        const std::string_view way = asked.request.direction == Direction::ascending ? " ASC" : " DESC";
        text(" ORDER BY ");
        if (key != seq) text(key).text(way).text(", ");
        return text(seq).text(way);
    }
    Writer& order(const Asked& asked) { return order(asked, column_of(asked.request.sort), "s.seq"); }
    Writer& limit(std::int64_t rows) { return value(" LIMIT ?", rows); }
    Writer& columns(const Asked& asked) {
        made_.sql.reserve(700);
        text("SELECT ").text(kSummaryColumns);
        return asked.request.sort == Sort::title ? text(kTitleKeyColumn) : *this;
    }
    Statement done() { return std::move(made_); }

  private:
    Statement made_;
};

}  // namespace

Statement walk_songs(const Asked& asked) {
    Writer sql;
    // SQLite tests the filters in the index too before it turns to a row, and so needs not be led to do so.
    if (on_sqlite(asked)) {
        sql.columns(asked).text(" FROM songs s").text(index_hint(asked, asked.request.sort));
        sql.value(" WHERE s.account_id = ?", asked.account_id).filters(asked.request).after(asked);
        return sql.order(asked).limit(asked.rows).done();
    }
    sql.columns(asked).text(" FROM (SELECT s.seq FROM songs s").text(index_hint(asked, asked.request.sort));
    sql.value(" WHERE s.account_id = ?", asked.account_id).filters(asked.request).after(asked).order(asked);
    sql.limit(asked.rows).text(") p JOIN songs s ON s.seq = p.seq");
    return sql.done();
}

Statement stream_matches(const Asked& asked) {
    const bool up = asked.request.direction == Direction::ascending;
    Writer sql;
    sql.columns(asked).value(" FROM (SELECT rowid AS seq FROM song_words WHERE song_words MATCH ?",
                             asked.match);
    if (asked.after) sql.value(up ? " AND rowid > ?" : " AND rowid < ?", asked.after->seq);
    sql.text(up ? " ORDER BY rowid ASC" : " ORDER BY rowid DESC").limit(asked.rows);
    sql.value(") p JOIN songs s ON s.seq = p.seq WHERE s.account_id = ?", asked.account_id);
    return sql.done();
}

Statement sort_matches(const Asked& asked) {
    Writer sql;
    // Only places are sorted; rows are read for the page alone.
    if (on_sqlite(asked)) {
        sql.columns(asked).text(" FROM (SELECT s.seq FROM songs s NOT INDEXED WHERE s.seq IN ");
        sql.value("(SELECT rowid FROM song_words WHERE song_words MATCH ?)", asked.match);
    } else {
        sql.value(
            "WITH found AS MATERIALIZED (SELECT seq FROM song_words WHERE words @@ CAST(? AS tsquery)) ",
            asked.match);
        sql.columns(asked).text(
            " FROM (SELECT s.seq FROM found f JOIN songs s ON s.seq = f.seq WHERE s.seq > 0");
    }
    sql.value(" AND s.account_id = ?", asked.account_id).after(asked).order(asked).limit(asked.rows);
    sql.text(") p JOIN songs s ON s.seq = p.seq");
    return sql.done();
}

Statement test_along_order(const Asked& asked) {
    Writer sql;
    if (on_sqlite(asked)) {
        sql.columns(asked)
            .text(" FROM (SELECT s.seq FROM songs s")
            .text(index_hint(asked, asked.request.sort));
        sql.value(" WHERE s.account_id = ?", asked.account_id).filters(asked.request).after(asked);
        sql.value(" AND s.seq IN (SELECT rowid FROM song_words WHERE song_words MATCH ?)", asked.match);
        sql.order(asked).limit(asked.rows).text(") p JOIN songs s ON s.seq = p.seq");
        return sql.done();
    }
    sql.columns(asked).text(" FROM (SELECT p.seq FROM (SELECT s.seq, ").text(column_of(asked.request.sort));
    sql.text(" AS place FROM songs s").value(" WHERE s.account_id = ?", asked.account_id);
    sql.filters(asked.request).after(asked).order(asked).limit(kTested);
    sql.value(
        ") p CROSS JOIN LATERAL (SELECT 1 FROM song_words w WHERE w.seq = p.seq AND "
        "w.words @@ CAST(? AS tsquery) OFFSET 0) hit",
        asked.match);
    sql.order(asked, asked.request.sort == Sort::created ? "p.seq" : "p.place", "p.seq").limit(asked.rows);
    sql.text(") h JOIN songs s ON s.seq = h.seq");
    return sql.done();
}

Statement count(const Asked& asked) {
    Writer sql;
    sql.text("SELECT count(*) FROM (SELECT 1 FROM ");
    if (asked.match.empty())
        sql.text("songs s")
            .text(index_hint(asked, Sort::created))
            .value(" WHERE s.account_id = ?", asked.account_id)
            .filters(asked.request);
    else if (on_sqlite(asked))
        sql.value("song_words WHERE song_words MATCH ?", asked.match);
    else
        sql.value("song_words WHERE words @@ CAST(? AS tsquery)", asked.match);
    sql.limit(exact_up_to(asked) + 1).text(") c");
    return sql.done();
}

}  // namespace mmx::library
