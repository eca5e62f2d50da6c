def test_a_notice_is_published(publish):
    item = publish()
    assert item.live and item.published_at and item.index_number.endswith("-00001")
