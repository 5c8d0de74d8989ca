"""Dates: are they dates, and do they agree?"""
